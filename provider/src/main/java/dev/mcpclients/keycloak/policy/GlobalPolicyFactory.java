package dev.mcpclients.keycloak.policy;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.securityprofile.SecurityProfileProvider;
import org.keycloak.securityprofile.SecurityProfileProviderFactory;
import org.keycloak.services.securityprofile.DefaultSecurityProfileProviderFactory;

/**
 * Makes {@link GlobalPolicy} around Keycloak's own provider, whose security profile stays a server option. It is made here: where an
 * option names the provider, Keycloak 26.7 loads no other.
 */
public final class GlobalPolicyFactory implements SecurityProfileProviderFactory {

    private final DefaultSecurityProfileProviderFactory keycloak = new DefaultSecurityProfileProviderFactory();

    @Override
    public SecurityProfileProvider create(KeycloakSession session) {
        return new GlobalPolicy(keycloak.create(session));
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
    public void init(Config.Scope config) {
        keycloak.init(Config.scope("security-profile", keycloak.getId()));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
