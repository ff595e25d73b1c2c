package dev.mcpclients.keycloak.resource;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.TokenResponseContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * Leaves the refresh token out of a token response where the user allowed the software once. The {@link TokenGuard}, which sees the
 * response last, can make a refresh token worthless but cannot take it out (Keycloak 26.7).
 */
final class OnceOnly implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    private final KeycloakSession session;

    OnceOnly(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getProviderId() {
        return OnceOnlyFactory.ID;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) {
        if (context instanceof TokenResponseContext response && isOnce(response)) {
            response.getAccessTokenResponseBuilder().removeRefreshToken();
        }
    }

    private boolean isOnce(TokenResponseContext response) {
        ClientModel client = response.getClientSession().getClient();
        @Nullable OAuth2Code code = response.getParseResult().getCodeData();
        return ClientAttributes.isMcpClient(client)
                && code != null
                && code.getCodeChallenge() != null
                && new AllowanceStore(session)
                        .find(
                                client,
                                response.getClientSession()
                                        .getUserSession()
                                        .getUser()
                                        .getId(),
                                code.getCodeChallenge())
                        .filter(Allowance::once)
                        .isPresent();
    }
}
