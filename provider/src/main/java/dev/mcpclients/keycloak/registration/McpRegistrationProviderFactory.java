package dev.mcpclients.keycloak.registration;

import org.jspecify.annotations.Nullable;
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

    /** Without our policy there is no such endpoint: then Keycloak 26.7 answers as for any unknown provider. */
    @Override
    public @Nullable ClientRegistrationProvider create(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        boolean exists = realm != null && RegistrationSettings.isRegistering(realm);
        return exists ? new McpRegistrationProvider(session) : null;
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
