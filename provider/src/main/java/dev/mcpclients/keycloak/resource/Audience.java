package dev.mcpclients.keycloak.resource;

import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/**
 * Puts the audience of an access token in its place: the URL of the MCP server, and the client id of its Keycloak client where that
 * differs, because introspection and token exchange look for it. Nothing else.
 *
 * <p>As a processor it runs last and repeats what the guard set, whatever other processors made of it.
 */
final class Audience implements TokenPostProcessor {

    private static final String ATTRIBUTE = "mcp.audience";

    static void set(RealmModel realm, TokenClaim claim, TokenPostProcessorContext context) {
        String[] audience = of(realm, claim);
        context.clientSessionCtx().setAttribute(ATTRIBUTE, audience);
        put(audience, context);
        ResourceIndicators.holdBack(context);
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        String[] audience = context.clientSessionCtx().getAttribute(ATTRIBUTE, String[].class);
        if (audience != null) {
            put(audience, context);
            ResourceIndicators.letGo(context);
        }
    }

    /** An empty array stands for no {@code aud} at all, which Keycloak writes for null only. */
    private static void put(String[] audience, TokenPostProcessorContext context) {
        context.accessToken().audience(audience.length == 0 ? null : audience);
    }

    private static String[] of(RealmModel realm, TokenClaim claim) {
        String resource = claim.resource();
        ClientModel server = claim.resourceClient() == null ? null : realm.getClientById(claim.resourceClient());
        if (resource == null || server == null) {
            return new String[0];
        }
        return resource.equals(server.getClientId())
                ? new String[] {resource}
                : new String[] {resource, server.getClientId()};
    }
}
