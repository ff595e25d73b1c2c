package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A realm without our policy registers no MCP clients, whatever else is in place. */
final class RegistrationCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return RegistrationSettings.isRegistering(realm)
                ? Stream.empty()
                : Stream.of(new Finding(
                        "not-registering",
                        Severity.ERROR,
                        "No client registration policy mcp-client",
                        "MCP clients cannot register; discovery does not name our endpoint",
                        Command.kcadm("create", "mcp/setup", realm, "-s", "admission=admin-approval")));
    }
}
