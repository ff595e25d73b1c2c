package dev.mcpclients.keycloak.registry;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Adds the tables {@code MCP_…} to Keycloak's database. */
public final class RegistryJpaEntityProviderFactory implements JpaEntityProviderFactory, JpaEntityProvider {

    private static final String ID = "mcp-registry";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public List<Class<?>> getEntities() {
        return List.of(
                SoftwareEntity.class,
                SoftwareClientEntity.class,
                RealmCountersEntity.class,
                AllowanceEntity.class,
                LoanEntity.class,
                DecisionEntity.class,
                NoticeEntity.class,
                UnsentMailEntity.class,
                RequestEntity.class);
    }

    @Override
    public String getChangelogLocation() {
        return "META-INF/mcp-changelog-master.xml";
    }

    @Override
    public String getFactoryId() {
        return ID;
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
