package dev.mcpclients.keycloak.setup;

import dev.mcpclients.keycloak.approvals.PageClient;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/** The client that people sign in to at the approvals page: the page makes it, and goes where setup is taken back. */
final class ApprovalsPageStep implements Step {

    private final KeycloakSession session;
    private final RealmModel realm;

    ApprovalsPageStep(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @Override
    public String id() {
        return "approvals-page";
    }

    @Override
    public String what() {
        return "client " + PageClient.ID + ", made when somebody first asks for the approvals page";
    }

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public void apply() {}

    @Override
    public boolean isUndoable() {
        return PageClient.in(realm).isPresent();
    }

    @Override
    public void undo() {
        PageClient.in(realm)
                .ifPresent(client -> new ClientManager(new RealmManager(session)).removeClient(realm, client));
    }
}
