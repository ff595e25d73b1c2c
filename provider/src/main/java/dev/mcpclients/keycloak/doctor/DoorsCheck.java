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

/**
 * What closes a door: two of our policies, which two administrators may save at once and which may disagree; settings that cannot be
 * read, which admin REST and imports refuse, but another version may have taken.
 */
final class DoorsCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return Arrays.stream(RegistrationAuth.values())
                .map(ClientRegistrationPolicyManager::getComponentTypeKey)
                .flatMap(door -> {
                    List<ComponentModel> policies = RegistrationSettings.components(realm, door);
                    return Stream.concat(twice(realm, door, policies), unreadable(realm, policies));
                });
    }

    private static Stream<Finding> unreadable(RealmModel realm, List<ComponentModel> policies) {
        return policies.stream().flatMap(policy -> RegistrationSettings.fault(policy).stream()
                .map(fault -> new Finding(
                        "policy-unreadable",
                        Severity.ERROR,
                        "Policy " + policy.getName() + " at the " + policy.getSubType() + " door: " + fault.why(),
                        "Nothing new registers there. The command puts the setting back to its default",
                        Command.setting(realm, policy, fault.key(), fault.safe()))));
    }

    private static Stream<Finding> twice(RealmModel realm, String door, List<ComponentModel> found) {
        if (found.size() < 2) {
            return Stream.empty();
        }
        List<ComponentModel> policies = found.stream()
                .sorted(Comparator.comparing(ComponentModel::getName).thenComparing(ComponentModel::getId))
                .toList();
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
