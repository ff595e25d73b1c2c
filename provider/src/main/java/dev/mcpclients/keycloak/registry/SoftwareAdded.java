package dev.mcpclients.keycloak.registry;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/** Published in the transaction that adds software to the registry; it may still be rolled back. */
public record SoftwareAdded(KeycloakSession session, RealmModel realm, Software software) implements ProviderEvent {}
