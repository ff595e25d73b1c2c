package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.resource.TokenGuard;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/** The required action that shows the decision and waiting screens; without it the token guard refuses every code. */
final class RequiredActionCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(TokenGuard.GATE);
        if (action != null && action.isEnabled()) {
            return Stream.empty();
        }
        String command = action == null
                ? Command.kcadm(
                        "create",
                        "authentication/register-required-action",
                        realm,
                        "-s",
                        "providerId=" + TokenGuard.GATE,
                        "-s",
                        "name=Decide about an MCP client")
                : Command.kcadm(
                        "update", "authentication/required-actions/" + TokenGuard.GATE, realm, "-s", "enabled=true");
        return Stream.of(new Finding(
                "required-action-off",
                Severity.ERROR,
                "Required action " + TokenGuard.GATE + (action == null ? " is not registered" : " is disabled"),
                "Users are never asked about an MCP client, and none of them gets a token",
                command));
    }
}
