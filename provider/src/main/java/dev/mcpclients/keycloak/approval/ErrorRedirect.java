package dev.mcpclients.keycloak.approval;

import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.OIDCRedirectUriBuilder;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.services.Urls;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Answers the client with an OAuth error that {@link RequiredActionContext#failure} cannot express; it knows {@code access_denied}
 * only. RFC 6749 section 4.1.2.1, RFC 9207 section 2.
 */
final class ErrorRedirect {

    static Response to(RequiredActionContext context, Situation situation) {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        OIDCRedirectUriBuilder redirect = OIDCRedirectUriBuilder.fromUri(
                        authSession.getRedirectUri(), mode(authSession), context.getSession(), null)
                .addParam(OAuth2Constants.ERROR, situation.error())
                .addParam(OAuth2Constants.ERROR_DESCRIPTION, situation.description());
        String state = authSession.getClientNote(OIDCLoginProtocol.STATE_PARAM);
        if (state != null) {
            redirect.addParam(OAuth2Constants.STATE, state);
        }
        if (!OIDCAdvancedConfigWrapper.fromClientModel(authSession.getClient()).isExcludeIssuerFromAuthResponse()) {
            redirect.addParam(
                    OAuth2Constants.ISSUER,
                    Urls.realmIssuer(
                            context.getUriInfo().getBaseUri(),
                            context.getRealm().getName()));
        }
        return redirect.build();
    }

    private static OIDCResponseMode mode(AuthenticationSessionModel authSession) {
        return OIDCResponseMode.parse(
                authSession.getClientNote(OIDCLoginProtocol.RESPONSE_MODE_PARAM),
                OIDCResponseType.parse(authSession.getClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM)));
    }

    private ErrorRedirect() {}
}
