package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.setup.ObstaclesStep;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Registration policies of Keycloak that refuse MCP clients: Trusted Hosts, Max Clients, Client Disabled. */
final class ObstaclesCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return ObstaclesStep.in(realm)
                .map(policy -> new Finding(
                        "policy-in-the-way",
                        Severity.ERROR,
                        "Client registration policy " + policy.getName() + " at the " + policy.getSubType() + " door",
                        "MCP clients are refused, or registered and disabled, by a policy that our own ones replace",
                        Command.kcadm("delete", "components/" + policy.getId(), realm)));
    }
}
