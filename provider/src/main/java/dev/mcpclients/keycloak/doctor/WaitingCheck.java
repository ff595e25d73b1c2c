package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/** A page that waits for an approver has to live as long as the wait. */
final class WaitingCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        Duration longest = Arrays.stream(RegistrationAuth.values())
                .map(door -> RegistrationSettings.at(realm, door).waiting())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        long needed = longest.toSeconds();
        return realm.getAccessCodeLifespanUserAction() >= needed
                ? Stream.empty()
                : Stream.of(new Finding(
                        "waiting-cut-short",
                        Severity.WARNING,
                        "Pages live " + realm.getAccessCodeLifespanUserAction() + " seconds, and users wait up to "
                                + needed,
                        "The waiting screen expires before an approver has decided",
                        Command.updateRealm(realm, "accessCodeLifespanUserAction=" + (needed + 300))));
    }
}
