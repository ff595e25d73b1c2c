package dev.mcpclients.keycloak.setup;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.ClientCache;
import dev.mcpclients.keycloak.registry.SoftwareState;
import dev.mcpclients.keycloak.resource.MarkedClients;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The clients of software that is pending or denied: disabled before setup is taken back, because what holds them goes with it, and
 * enabled again by the next setup, because a disabled client never reaches the waiting screen.
 */
final class ClientsStep implements Step {

    private static final String DISABLED_HERE = "mcp.setup.disabled";

    private final KeycloakSession session;
    private final RealmModel realm;

    ClientsStep(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @Override
    public String id() {
        return "clients";
    }

    @Override
    public String what() {
        return "clients of pending and denied software: disabled by undo, enabled again by setup";
    }

    @Override
    public boolean isDone() {
        return withAttribute(DISABLED_HERE).isEmpty();
    }

    @Override
    public void apply() {
        withAttribute(DISABLED_HERE).forEach(client -> {
            client.setEnabled(true);
            client.removeAttribute(DISABLED_HERE);
            ClientCache.forget(session, client);
        });
    }

    @Override
    public boolean isUndoable() {
        return !held().isEmpty();
    }

    @Override
    public void undo() {
        held().forEach(client -> {
            client.setEnabled(false);
            client.setAttribute(DISABLED_HERE, "true");
            ClientAttributes.endTokens(client);
            ClientCache.forget(session, client);
        });
    }

    /** What is missing or unreadable counts as pending, as at the gate. */
    private List<ClientModel> held() {
        return withAttribute(ClientAttributes.SOFTWARE).stream()
                .filter(ClientModel::isEnabled)
                .filter(client -> ClientAttributes.stateOf(client) != SoftwareState.APPROVED)
                .toList();
    }

    private List<ClientModel> withAttribute(String name) {
        return MarkedClients.with(session, realm, name).toList();
    }
}
