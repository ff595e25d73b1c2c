package dev.mcpclients.keycloak.resource;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProviderFactory;

/** Makes {@link GuardedRefresh}, which Keycloak asks before its own. */
public final class GuardedRefreshFactory implements RefreshTokenProviderFactory {

    @Override
    public RefreshTokenProvider create(KeycloakSession session) {
        return new GuardedRefresh(session);
    }

    @Override
    public String getId() {
        return "mcp-guarded-refresh";
    }

    /** Keycloak takes the provider with the highest order that supports a token. */
    @Override
    public int order() {
        return 100;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
