package dev.mcpclients.keycloak.registration;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.ClientRegistrationProviderFactory;

/** Serves {@link McpRegistrationProvider} at {@code clients-registrations/mcp}. */
public final class McpRegistrationProviderFactory implements ClientRegistrationProviderFactory {

    /** Provider id, and last segment of the endpoint's path. */
    public static final String ID = "mcp";

    @Override
    public ClientRegistrationProvider create(KeycloakSession session) {
        return new McpRegistrationProvider(session);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
