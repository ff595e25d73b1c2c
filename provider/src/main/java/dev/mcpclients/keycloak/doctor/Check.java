package dev.mcpclients.keycloak.doctor;

import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One thing that the doctor looks at; it changes nothing. */
interface Check {

    Stream<Finding> examine(KeycloakSession session, RealmModel realm);
}
