package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.Addresses;
import dev.mcpclients.keycloak.notification.Notifications;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves {@link McpRealmResource} at {@code /realms/{realm}/mcp}. */
public final class McpRealmResourceFactory implements RealmResourceProviderFactory {

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return new McpRealmResource(session);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getId() {
        return Addresses.ROOT;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new Notifications());
    }

    @Override
    public void close() {}
}
