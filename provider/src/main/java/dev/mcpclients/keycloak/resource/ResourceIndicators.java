package dev.mcpclients.keycloak.resource;

import org.keycloak.OAuth2Constants;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/**
 * Keeps Keycloak's experimental feature {@code resource-indicators} (26.7, {@code ResourceIndicatorsPostProcessor}) out of a token
 * response that the guard has bound. The feature does nothing where it finds no resource; where it finds one it compares URLs
 * letter by letter, and ends in an internal error for a token without audience or without refresh token.
 */
final class ResourceIndicators {

    private static final String GRANT_TYPE = "mcp.grant-type";

    /** Takes away what the feature finds the resource by: parameter, code, and the claim of an older refresh token. */
    static void holdBack(TokenPostProcessorContext context) {
        if (!Profile.isFeatureEnabled(Profile.Feature.RESOURCE_INDICATORS)) {
            return;
        }
        ClientSessionContext session = context.clientSessionCtx();
        session.setAttribute(OAuth2Constants.RESOURCE, null);
        if (context.requestRefreshToken() != null) {
            context.requestRefreshToken().getOtherClaims().remove(OAuth2Constants.RESOURCE);
        } else {
            session.setAttribute(GRANT_TYPE, session.getAttribute(Constants.GRANT_TYPE, String.class));
            session.setAttribute(Constants.GRANT_TYPE, null);
        }
    }

    /** Gives the grant type back, without which the feature does not look into the code. */
    static void letGo(TokenPostProcessorContext context) {
        ClientSessionContext session = context.clientSessionCtx();
        String grantType = session.getAttribute(GRANT_TYPE, String.class);
        if (grantType != null) {
            session.setAttribute(Constants.GRANT_TYPE, grantType);
        }
    }

    private ResourceIndicators() {}
}
