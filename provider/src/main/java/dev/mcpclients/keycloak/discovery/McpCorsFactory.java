package dev.mcpclients.keycloak.discovery;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.cors.CorsFactory;

/** Makes {@link McpCors} around Keycloak's own provider. */
public final class McpCorsFactory implements CorsFactory {

    /** Id of Keycloak's own provider. */
    private static final String KEYCLOAK = "default";

    @Override
    public Cors create(KeycloakSession session) {
        Cors stock = session.getProvider(Cors.class, KEYCLOAK);
        return new McpCors(session, stock);
    }

    /** Above Keycloak's own, so that this one is the default. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public String getId() {
        return "mcp-cors";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
