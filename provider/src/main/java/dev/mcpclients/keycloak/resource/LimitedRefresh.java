package dev.mcpclients.keycloak.resource;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Limits;
import java.util.HashSet;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.refresh.DefaultRefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.InitialRefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenContext;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.TokenUtil;

/**
 * Keycloak's own refresh for software that is approved for some scopes only: the others are taken out before Keycloak looks at the
 * token, so that roles, claims, the {@code scope} of the answer and the new refresh token all follow. The guard comes after it and
 * refuses what would still be too much.
 */
final class LimitedRefresh extends DefaultRefreshTokenProvider {

    LimitedRefresh(KeycloakSession session) {
        super(session);
    }

    /** The first refresh token comes from a request that the gate has narrowed. */
    @Override
    public boolean supports(InitialRefreshTokenContext context) {
        return false;
    }

    @Override
    public boolean supports(RefreshTokenContext context) {
        ClientModel client = context.grantContext().getClient();
        return super.supports(context)
                && ClientAttributes.isMcpClient(client)
                && !ClientAttributes.limitsOf(client).scopes().isEmpty();
    }

    @Override
    public TokenManager.AccessTokenResponseBuilder refreshAccessToken(RefreshTokenContext context)
            throws OAuthErrorException {
        ClientModel client = context.grantContext().getClient();
        Limits limits = ClientAttributes.limitsOf(client);
        RefreshToken token = context.oldRefreshToken();
        Set<String> always = new HashSet<>(client.getClientScopes(true).keySet());
        if (TokenUtil.TOKEN_TYPE_OFFLINE.equals(token.getType())) {
            // An offline token cannot become another kind: where it is not allowed any more, the guard refuses it.
            always.add(OAuth2Constants.OFFLINE_ACCESS);
        }
        if (token.getScope() != null) {
            token.setScope(limits.narrowed(token.getScope(), always));
        }
        return super.refreshAccessToken(context);
    }
}
