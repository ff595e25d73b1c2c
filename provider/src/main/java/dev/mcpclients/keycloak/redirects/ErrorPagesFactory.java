package dev.mcpclients.keycloak.redirects;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** Makes {@link ErrorPages}. */
public final class ErrorPagesFactory implements ClientPolicyExecutorProviderFactory {

    public static final String ID = "mcp-error-pages";

    @Override
    public ClientPolicyExecutorProvider<?> create(KeycloakSession session) {
        return new ErrorPages(session);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "Shows a page where an error of an MCP client would be redirected to a host that nobody vouches for. A global policy"
                + " has it, so that no realm needs it of its own.";
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
