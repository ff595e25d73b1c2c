package dev.mcpclients.keycloak.redirects;

import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.utils.OIDCRedirectUriBuilder;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.services.Urls;

/**
 * An OAuth error that a client is to hear of. RFC 6749 section 4.1.2.1, RFC 9207 section 2.
 *
 * @param redirectUri verified redirect URI
 * @param mode how the client wants to be answered
 * @param state as sent
 * @param locales the languages the client wants its user to be spoken to in, as sent
 */
record ClientError(
        String redirectUri,
        OIDCResponseMode mode,
        @Nullable String state,
        String error,
        @Nullable String description,
        @Nullable String locales) {

    /** The address that tells the client: a link can only name a query or a fragment, so a posted answer becomes a query. */
    String link(KeycloakSession session, ClientModel client) {
        OIDCRedirectUriBuilder address = OIDCRedirectUriBuilder.fromUri(redirectUri, linkable(), session, null)
                .addParam(OAuth2Constants.ERROR, error);
        if (description != null) {
            address.addParam(OAuth2Constants.ERROR_DESCRIPTION, description);
        }
        if (state != null) {
            address.addParam(OAuth2Constants.STATE, state);
        }
        if (!OIDCAdvancedConfigWrapper.fromClientModel(client).isExcludeIssuerFromAuthResponse()) {
            address.addParam(
                    OAuth2Constants.ISSUER,
                    Urls.realmIssuer(
                            session.getContext().getUri().getBaseUri(),
                            session.getContext().getRealm().getName()));
        }
        return address.build().getLocation().toString();
    }

    private OIDCResponseMode linkable() {
        return switch (mode) {
            case FORM_POST -> OIDCResponseMode.QUERY;
            case FORM_POST_JWT -> OIDCResponseMode.QUERY_JWT;
            case QUERY, FRAGMENT, JWT, QUERY_JWT, FRAGMENT_JWT -> mode;
        };
    }
}
