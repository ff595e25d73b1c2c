package dev.mcpclients.keycloak.discovery;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCWellKnownProviderFactory;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/** OpenID Connect discovery: what other apps of the realm rely on stays; the registration endpoint is ours where the realm says so. */
public final class OpenIdConfigurationFactory extends McpWellKnownProviderFactory {

    @Override
    void adapt(KeycloakSession session, RealmModel realm, OIDCConfigurationRepresentation document) {
        if (RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS).openidDiscovery()) {
            document.setRegistrationEndpoint(
                    RegistrationEndpoint.url(session, realm).orElse(null));
        }
    }

    @Override
    public String getAlias() {
        return OIDCWellKnownProviderFactory.PROVIDER_ID;
    }
}
