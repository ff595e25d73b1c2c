package dev.mcpclients.keycloak.resource;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** Makes {@link OnceOnly}. */
public final class OnceOnlyFactory implements ClientPolicyExecutorProviderFactory {

    public static final String ID = "mcp-once-only";

    @Override
    public ClientPolicyExecutorProvider<?> create(KeycloakSession session) {
        return new OnceOnly(session);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "Gives no refresh token to an MCP client that the user allowed once. A global policy has it, so that no realm needs it of"
                + " its own.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
