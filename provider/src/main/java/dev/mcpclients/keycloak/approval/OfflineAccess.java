package dev.mcpclients.keycloak.approval;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The scope {@code offline_access} of an authorization request, which somebody who allows software once does not grant. */
final class OfflineAccess {

    /** Takes it out of the request itself, so that consent, code and token all speak of what is left. */
    static void takeOut(KeycloakSession session, AuthenticationSessionModel authSession) {
        String asked = authSession.getClientNote(OAuth2Constants.SCOPE);
        if (asked == null) {
            return;
        }
        String left = Arrays.stream(asked.trim().split("\\s+"))
                .filter(scope -> !scope.equals(OAuth2Constants.OFFLINE_ACCESS))
                .collect(Collectors.joining(" "));
        if (!left.equals(asked)) {
            authSession.setClientNote(OAuth2Constants.SCOPE, left);
            AuthenticationManager.setClientScopesInSession(session, authSession);
        }
    }

    private OfflineAccess() {}
}
