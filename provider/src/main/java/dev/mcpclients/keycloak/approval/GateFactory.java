package dev.mcpclients.keycloak.approval;

import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes the gate; the realm has to enable the required action for it to stand. */
public final class GateFactory implements RequiredActionFactory {

    private static final Gate GATE = new Gate();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return GATE;
    }

    @Override
    public String getDisplayText() {
        return "MCP client decision";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return Gate.ID;
    }
}
