package dev.mcpclients.keycloak.resource;

import dev.mcpclients.keycloak.registry.Loans;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.UserConsentManager;

/** Takes a consent that was given for one authorization out of Keycloak's record; what was granted before, or since for good, stays. */
public final class OneTimeConsent {

    private final KeycloakSession session;
    private final RealmModel realm;

    public OneTimeConsent(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Ends the loan, once. */
    public void end(String loan) {
        new Loans(session).close(loan).ifPresent(this::takeBack);
    }

    private void takeBack(Loans.Loan loan) {
        @Nullable UserModel user = session.users().getUserById(realm, loan.userId());
        @Nullable ClientModel client = realm.getClientById(loan.clientUuid());
        if (user == null || client == null) {
            return;
        }
        @Nullable UserConsentModel given = UserConsentManager.getConsentByClient(session, realm, user, client.getId());
        if (given == null) {
            return;
        }
        UserConsentModel left = without(loan, client, given);
        if (left.getGrantedClientScopes().isEmpty() && loan.items().contains(Loans.RECORD)) {
            // Not revokeConsentToClient, which ends the sessions of the client too.
            UserConsentManager.revokeConsentForClient(session, realm, user, client.getId());
        } else {
            UserConsentManager.updateConsent(session, realm, user, left);
        }
    }

    private static UserConsentModel without(Loans.Loan loan, ClientModel client, UserConsentModel given) {
        UserConsentModel left = new UserConsentModel(client);
        for (ClientScopeModel scope : given.getGrantedClientScopes()) {
            List<String> parameters = given.getParameters(scope);
            if (parameters.isEmpty() && !loan.items().contains(Loans.item(scope, null))) {
                left.addGrantedClientScope(scope);
            }
            parameters.stream()
                    .filter(parameter -> !loan.items().contains(Loans.item(scope, parameter)))
                    .forEach(parameter -> left.addGrantedClientScope(scope, parameter));
        }
        return left;
    }
}
