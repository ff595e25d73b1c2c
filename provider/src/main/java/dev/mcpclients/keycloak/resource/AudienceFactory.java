package dev.mcpclients.keycloak.resource;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Makes the processor that keeps the audience, last of all processors. */
public final class AudienceFactory implements TokenPostProcessorFactory {

    private static final Audience AUDIENCE = new Audience();

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return AUDIENCE;
    }

    @Override
    public String getId() {
        return "mcp-token-audience";
    }

    /** Keycloak sorts processors by falling order. */
    @Override
    public int order() {
        return -1000;
    }
}
