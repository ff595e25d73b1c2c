package dev.mcpclients.keycloak.resource;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Makes the token guard, first of all processors. */
public final class TokenGuardFactory implements TokenPostProcessorFactory {

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new TokenGuard(session);
    }

    @Override
    public String getId() {
        return "mcp-token-guard";
    }

    /** Keycloak sorts processors by falling order. */
    @Override
    public int order() {
        return 1000;
    }
}
