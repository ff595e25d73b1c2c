package dev.mcpclients.keycloak.policy;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.securityprofile.SecurityProfileProvider;
import org.keycloak.securityprofile.SecurityProfileProviderFactory;

/** Makes {@link GlobalPolicy} around Keycloak's own provider, whose security profile stays a server option. */
public final class GlobalPolicyFactory implements SecurityProfileProviderFactory {

    /** Id of Keycloak's own provider. */
    private static final String KEYCLOAK = "default";

    @Override
    public SecurityProfileProvider create(KeycloakSession session) {
        return new GlobalPolicy(session.getProvider(SecurityProfileProvider.class, KEYCLOAK));
    }

    /** Above Keycloak's own, so that this one is the default. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public String getId() {
        return GlobalPolicy.PROVIDER_ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
