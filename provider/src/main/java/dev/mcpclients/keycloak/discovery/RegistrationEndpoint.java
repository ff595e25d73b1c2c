package dev.mcpclients.keycloak.discovery;

import dev.mcpclients.keycloak.registration.McpRegistrationProviderFactory;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;
import org.keycloak.urls.UrlType;

/** The registration endpoint of a realm as discovery names it. */
final class RegistrationEndpoint {

    static boolean existsIn(RealmModel realm) {
        return RegistrationSettings.isRegistering(realm);
    }

    /** Its URL, empty where both doors are closed: a client should not be sent where it cannot register. */
    static Optional<String> url(KeycloakSession session, RealmModel realm) {
        boolean open =
                RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS).isOpen()
                        || RegistrationSettings.at(realm, RegistrationAuth.AUTHENTICATED)
                                .isOpen();
        return open
                ? Optional.of(McpRegistrationProviderFactory.endpoint(session, realm, UrlType.BACKEND))
                : Optional.empty();
    }

    private RegistrationEndpoint() {}
}
