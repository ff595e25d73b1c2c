package dev.mcpclients.keycloak.registry;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/** Published in the transaction that forgets who asked for software that still waits. */
public record RequestExpired(KeycloakSession session, RealmModel realm, Software software, String userId)
        implements ProviderEvent {}
