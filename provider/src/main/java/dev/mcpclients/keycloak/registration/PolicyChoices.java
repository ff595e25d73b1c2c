package dev.mcpclients.keycloak.registration;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyManager;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * What an admin chooses for the {@code mcp-client} components of both doors; what is null stays as it is.
 *
 * @param admission of both doors; {@code token-only} is for the anonymous one, and the other then asks an approver
 * @param defaultResource URL of the MCP server that tokens are for where the client names none
 */
public record PolicyChoices(
        @Nullable String admission,
        @Nullable List<String> allowedHosts,
        @Nullable List<String> allowedSchemes,
        @Nullable String defaultResource) {

    /** A component as it is to be at this door; a new one waits for an approver where nothing else is chosen. */
    public ComponentModel component(RealmModel realm, RegistrationAuth door, @Nullable ComponentModel before) {
        ComponentModel component = before == null ? fresh(realm, door) : new ComponentModel(before);
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        if (before != null) {
            before.getConfig().forEach((key, values) -> config.put(key, List.copyOf(values)));
        } else {
            config.putSingle(RegistrationSettings.ADMISSION, Admission.ADMIN_APPROVAL.wire());
        }
        if (admission != null) {
            config.putSingle(RegistrationSettings.ADMISSION, admissionAt(door, admission));
        }
        if (allowedHosts != null) {
            config.put(RegistrationSettings.ALLOWED_HOSTS, List.copyOf(allowedHosts));
        }
        if (allowedSchemes != null) {
            config.put(RegistrationSettings.ALLOWED_SCHEMES, List.copyOf(allowedSchemes));
        }
        if (defaultResource != null && config.getFirst(RegistrationSettings.DEFAULT_RESOURCE) == null) {
            config.putSingle(RegistrationSettings.DEFAULT_RESOURCE, defaultResource);
        }
        component.setConfig(config);
        RegistrationSettings.parse(config);
        return component;
    }

    private static String admissionAt(RegistrationAuth door, String admission) {
        boolean tokenOnly = Admission.TOKEN_ONLY.wire().equals(admission);
        return tokenOnly && door == RegistrationAuth.AUTHENTICATED ? Admission.ADMIN_APPROVAL.wire() : admission;
    }

    private static ComponentModel fresh(RealmModel realm, RegistrationAuth door) {
        ComponentModel component = new ComponentModel();
        component.setName("MCP clients");
        component.setParentId(realm.getId());
        component.setProviderId(RegistrationSettings.POLICY_ID);
        component.setProviderType(ClientRegistrationPolicy.class.getName());
        component.setSubType(ClientRegistrationPolicyManager.getComponentTypeKey(door));
        return component;
    }
}
