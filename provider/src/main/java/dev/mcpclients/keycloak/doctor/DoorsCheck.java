package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyManager;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/** A door with two of our policies, which two administrators may save at once, is closed, because they may disagree. */
final class DoorsCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return Arrays.stream(RegistrationAuth.values())
                .map(ClientRegistrationPolicyManager::getComponentTypeKey)
                .flatMap(door -> twice(realm, door));
    }

    private static Stream<Finding> twice(RealmModel realm, String door) {
        List<ComponentModel> policies = RegistrationSettings.components(realm, door).stream()
                .sorted(Comparator.comparing(ComponentModel::getName).thenComparing(ComponentModel::getId))
                .toList();
        if (policies.size() < 2) {
            return Stream.empty();
        }
        ComponentModel kept = policies.get(0);
        return Stream.of(new Finding(
                "policy-twice",
                Severity.ERROR,
                policies.size() + " client registration policies mcp-client at the " + door + " door",
                "Nothing new registers there. The command keeps " + kept.getName() + " (" + kept.getId()
                        + "), with admission " + kept.get("admission"),
                policies.stream()
                        .skip(1)
                        .map(policy -> Command.kcadm("delete", "components/" + policy.getId(), realm))
                        .collect(Collectors.joining(" && "))));
    }
}
