package dev.mcpclients.keycloak.registration;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyFactory;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyManager;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/** Makes {@link McpClientPolicy}; its component at a door is what makes a realm register MCP clients. */
public final class McpClientPolicyFactory implements ClientRegistrationPolicyFactory {

    @Override
    public ClientRegistrationPolicy create(KeycloakSession session, ComponentModel component) {
        boolean anonymous = ClientRegistrationPolicyManager.getComponentTypeKey(RegistrationAuth.ANONYMOUS)
                .equals(component.getSubType());
        return new McpClientPolicy(session, anonymous ? RegistrationAuth.ANONYMOUS : RegistrationAuth.AUTHENTICATED);
    }

    @Override
    public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel component) {
        RegistrationSettings settings = RegistrationSettings.parse(component.getConfig());
        boolean another = RegistrationSettings.components(realm, component.getSubType()).stream()
                .anyMatch(other -> !other.getId().equals(component.getId()));
        if (another) {
            throw new ComponentValidationException("this door has a component of mcp-client already; change that one");
        }
        boolean authenticated = ClientRegistrationPolicyManager.getComponentTypeKey(RegistrationAuth.AUTHENTICATED)
                .equals(component.getSubType());
        if (authenticated && settings.admission() == Admission.TOKEN_ONLY) {
            throw new ComponentValidationException(
                    "admission is token-only, which is for the anonymous door: whoever comes to this one has a token");
        }
    }

    @Override
    public String getHelpText() {
        return "Lets MCP clients register at clients-registrations/mcp and holds every other way of registration to the same"
                + " rules. One at each of the anonymous and the authenticated door; a door without one is closed to MCP clients.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return RegistrationSettings.properties();
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties(KeycloakSession session) {
        return getConfigProperties();
    }

    @Override
    public String getId() {
        return RegistrationSettings.POLICY_ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
