package dev.mcpclients.keycloak.registration;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.ClientRegistrationProviderFactory;
import org.keycloak.services.clientregistration.ClientRegistrationService;
import org.keycloak.services.resources.RealmsResource;
import org.keycloak.urls.UrlType;

/** Serves {@link McpRegistrationProvider} at {@code clients-registrations/mcp}. */
public final class McpRegistrationProviderFactory implements ClientRegistrationProviderFactory {

    /** Provider id, and last segment of the endpoint's path. */
    public static final String ID = "mcp";

    /** URL of the endpoint in this realm. */
    public static String endpoint(KeycloakSession session, RealmModel realm, UrlType urls) {
        return RealmsResource.clientRegistrationUrl(session.getContext().getUri(urls))
                .path(ClientRegistrationService.class, "provider")
                .build(realm.getName(), ID)
                .toString();
    }

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
