package dev.mcpclients.keycloak.discovery;

import dev.mcpclients.keycloak.registration.OfferedScopes;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oauth2.OAuth2WellKnownProviderFactory;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;

/** Authorization server metadata (RFC 8414), which MCP clients read first: what a client that registers itself can really do. */
public final class OAuthServerMetadataFactory extends McpWellKnownProviderFactory {

    private static final String NO_CLIENT_AUTHENTICATION = "none";

    @Override
    void adapt(KeycloakSession session, RealmModel realm, OIDCConfigurationRepresentation document) {
        document.setRegistrationEndpoint(
                RegistrationEndpoint.url(session, realm).orElse(null));
        document.setTokenEndpointAuthMethodsSupported(withNone(document.getTokenEndpointAuthMethodsSupported()));
        document.setRevocationEndpointAuthMethodsSupported(
                withNone(document.getRevocationEndpointAuthMethodsSupported()));
        document.setCodeChallengeMethodsSupported(List.of(OAuth2Constants.PKCE_METHOD_S256));
        document.setScopesSupported(List.copyOf(OfferedScopes.of(session, realm).names()));
        // Keycloak's feature cimd says so in every realm, also where no policy accepts such a client id; clients then
        // prefer it.
        document.setClientIdMetadataDocumentSupported(null);
    }

    private static List<String> withNone(List<String> methods) {
        List<String> all = new ArrayList<>(methods);
        if (!all.contains(NO_CLIENT_AUTHENTICATION)) {
            all.add(0, NO_CLIENT_AUTHENTICATION);
        }
        return all;
    }

    /** The root form {@code /.well-known/oauth-authorization-server/realms/…} (RFC 8414 section 3.1). */
    @Override
    public boolean isAvailableViaServerMetadata() {
        return true;
    }

    @Override
    public String getAlias() {
        return OAuth2WellKnownProviderFactory.PROVIDER_ID;
    }
}
