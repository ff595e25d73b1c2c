package dev.mcpclients.keycloak.approval;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.rar.AuthorizationDetails;
import org.keycloak.services.managers.UserConsentManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's own record of what a user granted to a client, which the account console shows and can take back. */
final class Consent {

    private final KeycloakSession session;
    private final RealmModel realm;

    Consent(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Whether the user granted all of these, so that Keycloak will not ask. */
    boolean covers(UserModel user, ClientModel client, List<AuthorizationDetails> scopes) {
        @Nullable UserConsentModel given = UserConsentManager.getConsentByClient(session, realm, user, client.getId());
        return given != null
                && scopes.stream()
                        .filter(Consent::isAsked)
                        .allMatch(details -> given.isClientScopeGranted(
                                details.getClientScope(), details.getParameterizedScopeParam()));
    }

    /**
     * Records what our screen asked, so that Keycloak's own page is not shown as well. Scopes that another instance of the same client
     * was granted stay: its refresh tokens need them.
     */
    void grant(
            UserModel user,
            ClientModel client,
            AuthenticationSessionModel authSession,
            List<AuthorizationDetails> scopes) {
        @Nullable
        UserConsentModel existing = UserConsentManager.getConsentByClient(session, realm, user, client.getId());
        UserConsentModel granted = existing == null ? new UserConsentModel(client) : existing;
        boolean changed = false;
        for (AuthorizationDetails details : scopes) {
            ClientScopeModel scope = details.getClientScope();
            String parameter = details.getParameterizedScopeParam();
            if (isAsked(details) && !granted.isClientScopeGranted(scope, parameter)) {
                granted.addGrantedClientScope(scope, parameter);
                changed = true;
            }
        }
        if (existing == null) {
            UserConsentManager.addConsent(session, realm, user, granted);
        } else if (changed) {
            UserConsentManager.updateConsent(session, realm, user, granted);
        }
        takeConsentOutOfPrompt(authSession);
    }

    /** Keycloak answers {@code prompt=consent} with its own page whatever is recorded (26.7). */
    private static void takeConsentOutOfPrompt(AuthenticationSessionModel authSession) {
        String prompt = authSession.getClientNote(OIDCLoginProtocol.PROMPT_PARAM);
        if (prompt == null) {
            return;
        }
        List<String> left = new ArrayList<>(List.of(prompt.trim().split("\\s+")));
        left.removeIf(OIDCLoginProtocol.PROMPT_VALUE_CONSENT::equals);
        if (left.isEmpty()) {
            authSession.removeClientNote(OIDCLoginProtocol.PROMPT_PARAM);
        } else {
            authSession.setClientNote(OIDCLoginProtocol.PROMPT_PARAM, String.join(" ", left));
        }
    }

    private static boolean isAsked(AuthorizationDetails details) {
        ClientScopeModel scope = details.getClientScope();
        return scope.isDisplayOnConsentScreen() && !scope.isAlwaysConsent();
    }
}
