package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.registry.Loans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
        Set<String> added = add(granted, scopes);
        store(user, granted, existing == null, !added.isEmpty());
        Set<String> kept = items(scopes);
        kept.add(Loans.RECORD);
        new Loans(session).keep(user, client, kept);
        takeConsentOutOfPrompt(authSession);
    }

    /**
     * Records the same until the code of this authorization is redeemed, or has run out. What was granted before is not touched; what
     * another authorization has on loan is not lost to it either.
     *
     * @return id of the loan, null where everything was granted before
     */
    @Nullable
    String lend(
            UserModel user,
            ClientModel client,
            AuthenticationSessionModel authSession,
            List<AuthorizationDetails> scopes,
            Instant until) {
        Loans loans = new Loans(session);
        Set<String> onLoan = loans.items(user, client);
        @Nullable
        UserConsentModel existing = UserConsentManager.getConsentByClient(session, realm, user, client.getId());
        UserConsentModel granted = existing == null ? new UserConsentModel(client) : existing;
        Set<String> lent = items(scopes);
        lent.add(Loans.RECORD);
        lent.retainAll(onLoan);
        Set<String> added = add(granted, scopes);
        lent.addAll(added);
        if (existing == null) {
            lent.add(Loans.RECORD);
        }
        store(user, granted, existing == null, !added.isEmpty());
        takeConsentOutOfPrompt(authSession);
        return lent.isEmpty() ? null : loans.add(realm, user, client, lent, until);
    }

    /** Adds the scopes that are asked about and not granted yet, and answers with these. */
    private static Set<String> add(UserConsentModel granted, List<AuthorizationDetails> scopes) {
        Set<String> added = new HashSet<>();
        for (AuthorizationDetails details : scopes) {
            ClientScopeModel scope = details.getClientScope();
            String parameter = details.getParameterizedScopeParam();
            if (isAsked(details) && !granted.isClientScopeGranted(scope, parameter)) {
                granted.addGrantedClientScope(scope, parameter);
                added.add(Loans.item(scope, parameter));
            }
        }
        return added;
    }

    private void store(UserModel user, UserConsentModel granted, boolean isNew, boolean changed) {
        if (isNew) {
            UserConsentManager.addConsent(session, realm, user, granted);
        } else if (changed) {
            UserConsentManager.updateConsent(session, realm, user, granted);
        }
    }

    private static Set<String> items(List<AuthorizationDetails> scopes) {
        return scopes.stream()
                .filter(Consent::isAsked)
                .map(details -> Loans.item(details.getClientScope(), details.getParameterizedScopeParam()))
                .collect(Collectors.toCollection(HashSet::new));
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
