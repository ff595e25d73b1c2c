package dev.mcpclients.keycloak.resource;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Limits;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashSet;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.refresh.DefaultRefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.InitialRefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenContext;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.TokenUtil;

/**
 * Keycloak's own refresh, with two steps before Keycloak uses the refresh token up. Of software that is approved for some scopes only,
 * the other scopes are taken out, so that roles, claims, the {@code scope} of the answer and the new refresh token all follow. And the
 * guard is asked: a token that it refuses stays as good as it was, for an approval that comes back or a request without the mistake
 * (RFC 6749 section 5.2 ends no refresh token). The guard is asked again at the end, where nothing gets past it.
 */
final class GuardedRefresh extends DefaultRefreshTokenProvider {

    GuardedRefresh(KeycloakSession session) {
        super(session);
    }

    /** The first refresh token comes from a request that the gate has narrowed. */
    @Override
    public boolean supports(InitialRefreshTokenContext context) {
        return false;
    }

    @Override
    public boolean supports(RefreshTokenContext context) {
        return super.supports(context)
                && (ClientAttributes.isMcpClient(context.grantContext().getClient())
                        || TokenClaim.of(context.oldRefreshToken()).isPresent());
    }

    @Override
    public TokenManager.AccessTokenResponseBuilder refreshAccessToken(RefreshTokenContext context)
            throws OAuthErrorException {
        narrow(context.oldRefreshToken(), context.grantContext().getClient());
        return super.refreshAccessToken(context);
    }

    private static void narrow(RefreshToken token, ClientModel client) {
        Limits limits = ClientAttributes.limitsOf(client);
        if (token.getScope() == null || limits.scopes().isEmpty()) {
            return;
        }
        Set<String> always = new HashSet<>(client.getClientScopes(true).keySet());
        if (TokenUtil.TOKEN_TYPE_OFFLINE.equals(token.getType())) {
            // An offline token cannot become another kind: where it is not allowed any more, the guard refuses it.
            always.add(OAuth2Constants.OFFLINE_ACCESS);
        }
        token.setScope(limits.narrowed(token.getScope(), always));
    }

    /** Keycloak 26.7 counts the use of a token after this ({@code AbstractRefreshTokenProvider.validateTokenReuseForRefresh}). */
    @Override
    protected TokenManager.TokenValidation validateToken(
            KeycloakSession session,
            UriInfo uri,
            ClientConnection connection,
            RealmModel realm,
            RefreshToken token,
            HttpHeaders headers,
            String scope,
            ClientModel client,
            TokenManager tokens,
            EventBuilder event)
            throws OAuthErrorException {
        TokenManager.TokenValidation validation =
                super.validateToken(session, uri, connection, realm, token, headers, scope, client, tokens, event);
        new TokenGuard(session).requireAllowed(token, validation.clientSessionCtx);
        return validation;
    }
}
