package dev.mcpclients.keycloak.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mcpclients.keycloak.redirects.ErrorPagesFactory;
import dev.mcpclients.keycloak.resource.OnceOnlyFactory;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientPolicyConditionRepresentation;
import org.keycloak.representations.idm.ClientPolicyExecutorRepresentation;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.securityprofile.SecurityProfileProvider;
import org.keycloak.services.clientpolicy.condition.AnyClientConditionFactory;

/**
 * The server's global client profiles and policies with one of ours before them. Global: it holds in every realm, no realm can switch
 * it off or forget it, and it is gone with the JAR. A policy in the realms' own configuration would stay behind, and Keycloak 26.7 ends
 * every authorization request of a realm with an internal error where a policy names an executor or condition that no JAR provides.
 */
public final class GlobalPolicy implements SecurityProfileProvider {

    public static final String PROVIDER_ID = "mcp-global-policy";

    /** Name of the profile and of the policy. */
    static final String NAME = "mcp-clients";

    private final SecurityProfileProvider server;

    GlobalPolicy(SecurityProfileProvider server) {
        this.server = server;
    }

    /** Whether the server's global policies have ours among them. */
    public static boolean isInForce(KeycloakSession session) {
        return session.getProvider(SecurityProfileProvider.class).getDefaultClientPolicies().stream()
                .anyMatch(policy -> NAME.equals(policy.getName()));
    }

    @Override
    public String getName() {
        return server.getName();
    }

    @Override
    public List<ClientProfileRepresentation> getDefaultClientProfiles() {
        List<ClientProfileRepresentation> profiles = new ArrayList<>(List.of(profile()));
        profiles.addAll(server.getDefaultClientProfiles());
        return profiles;
    }

    @Override
    public List<ClientPolicyRepresentation> getDefaultClientPolicies() {
        List<ClientPolicyRepresentation> policies = new ArrayList<>(List.of(policy()));
        policies.addAll(server.getDefaultClientPolicies());
        return policies;
    }

    @Override
    public void close() {}

    private static ClientProfileRepresentation profile() {
        ClientProfileRepresentation profile = new ClientProfileRepresentation();
        profile.setName(NAME);
        profile.setDescription(
                "Errors of MCP clients that nobody vouches for are shown on a page instead of redirected to their host;"
                        + " software that a user allowed once gets no refresh token.");
        profile.setExecutors(List.of(executor(ErrorPagesFactory.ID), executor(OnceOnlyFactory.ID)));
        return profile;
    }

    private static ClientPolicyExecutorRepresentation executor(String id) {
        ClientPolicyExecutorRepresentation executor = new ClientPolicyExecutorRepresentation();
        executor.setExecutorProviderId(id);
        executor.setConfiguration(JsonNodeFactory.instance.objectNode());
        return executor;
    }

    /** For any client: Keycloak has no condition for clients that carry an attribute with any value, and the executor looks itself. */
    private static ClientPolicyRepresentation policy() {
        ClientPolicyConditionRepresentation condition = new ClientPolicyConditionRepresentation();
        condition.setConditionProviderId(AnyClientConditionFactory.PROVIDER_ID);
        condition.setConfiguration(JsonNodeFactory.instance.objectNode());
        ClientPolicyRepresentation policy = new ClientPolicyRepresentation();
        policy.setName(NAME);
        policy.setDescription("Concerns MCP clients only; it holds in every realm.");
        policy.setEnabled(true);
        policy.setConditions(List.of(condition));
        policy.setProfiles(List.of(NAME));
        return policy;
    }
}
