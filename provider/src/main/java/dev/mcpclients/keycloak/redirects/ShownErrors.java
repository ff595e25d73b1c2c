package dev.mcpclients.keycloak.redirects;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.protocol.ClientData;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCProviderConfig;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;

/**
 * Keycloak's OpenID Connect protocol, with a page in place of one redirect. An address below {@code login-actions} carries redirect URI
 * and state of a login that is long over; for a visitor who is signed in, Keycloak 26.7 ({@code SessionCodeChecks}) answers it with a
 * redirect to the client, before any page: anybody can make up such an address.
 */
final class ShownErrors extends OIDCLoginProtocol {

    ShownErrors(OIDCProviderConfig config) {
        super(config);
    }

    @Override
    public Response sendError(ClientModel client, ClientData login, Error error) {
        // Checks the redirect URI and the rest, and ends with a page of Keycloak's own where these cannot be right.
        Response answer = super.sendError(client, login, error);
        if (!ClientAttributes.isMcpClient(client)
                || new Vouching(session).isVouchedFor(client, login.getRedirectUri())) {
            return answer;
        }
        return new ErrorScreen(session, client)
                .of(new ClientError(
                        login.getRedirectUri(),
                        OIDCResponseMode.parse(
                                login.getResponseMode(), OIDCResponseType.parse(login.getResponseType())),
                        login.getState(),
                        OAuthErrorException.TEMPORARILY_UNAVAILABLE,
                        Constants.AUTHENTICATION_EXPIRED_MESSAGE,
                        null));
    }
}
