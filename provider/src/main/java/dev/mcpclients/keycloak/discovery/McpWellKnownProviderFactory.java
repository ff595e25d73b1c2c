package dev.mcpclients.keycloak.discovery;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.wellknown.WellKnownProvider;
import org.keycloak.wellknown.WellKnownProviderFactory;

/**
 * Takes the place of one of Keycloak's well-known documents: the lowest priority number wins an alias (Keycloak 26.7,
 * WellKnownProviderUtil). What Keycloak's own provider says is the start, and the end in a realm that registers no MCP clients.
 */
abstract class McpWellKnownProviderFactory implements WellKnownProviderFactory {

    private static final int BEFORE_KEYCLOAK = 50;

    /** Changes Keycloak's document for a realm that registers MCP clients. */
    abstract void adapt(KeycloakSession session, RealmModel realm, OIDCConfigurationRepresentation document);

    @Override
    public WellKnownProvider create(KeycloakSession session) {
        return new WellKnownProvider() {
            @Override
            public Object getConfig() {
                return document(session);
            }

            @Override
            public void close() {}
        };
    }

    private Object document(KeycloakSession session) {
        Object stock = session.getProvider(WellKnownProvider.class, getAlias()).getConfig();
        RealmModel realm = session.getContext().getRealm();
        if (stock instanceof OIDCConfigurationRepresentation document && RegistrationEndpoint.existsIn(realm)) {
            adapt(session, realm, document);
        }
        return stock;
    }

    @Override
    public int getPriority() {
        return BEFORE_KEYCLOAK;
    }

    @Override
    public String getId() {
        return "mcp-" + getAlias();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
