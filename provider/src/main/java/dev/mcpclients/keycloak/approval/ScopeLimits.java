package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Limits;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Takes scopes out of an authorization request that the approval of the software does not cover. RFC 6749 section 3.3: the server
 * MAY ignore scopes requested, and says so in the token response.
 */
final class ScopeLimits {

    /** Changes the request itself, so that screens, consent, code and token all speak of what is left. */
    static void narrow(KeycloakSession session, AuthenticationSessionModel authSession) {
        ClientModel client = authSession.getClient();
        Limits limits = ClientAttributes.limitsOf(client);
        String asked = authSession.getClientNote(OAuth2Constants.SCOPE);
        if (asked == null || limits.scopes().isEmpty()) {
            return;
        }
        String left = limits.narrowed(asked, client.getClientScopes(true).keySet());
        if (!left.equals(asked)) {
            authSession.setClientNote(OAuth2Constants.SCOPE, left);
            AuthenticationManager.setClientScopesInSession(session, authSession);
        }
    }

    private ScopeLimits() {}
}
