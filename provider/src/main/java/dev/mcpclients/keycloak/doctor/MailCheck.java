package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.notification.Notifications;
import dev.mcpclients.keycloak.notification.Receivers;
import dev.mcpclients.keycloak.registration.Admission;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.Deciders;
import java.util.Arrays;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/** Approvers and users hear about requests and decisions by mail, which has a server and somebody it goes to. */
final class MailCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return Stream.concat(server(realm), approvers(session, realm));
    }

    private static Stream<Finding> server(RealmModel realm) {
        return Notifications.hasMailServer(realm)
                ? Stream.empty()
                : Stream.of(new Finding(
                        "no-mail",
                        Severity.INFO,
                        "The realm has no SMTP server",
                        "Approvers are not told by mail that software waits for them; they find it in the list",
                        Command.updateRealm(
                                realm, "smtpServer.host=smtp.example.com", "smtpServer.from=keycloak@example.com")));
    }

    private static Stream<Finding> approvers(KeycloakSession session, RealmModel realm) {
        boolean asked = Arrays.stream(RegistrationAuth.values())
                .anyMatch(door -> RegistrationSettings.at(realm, door).admission() == Admission.ADMIN_APPROVAL);
        return !asked || !Receivers.approvers(session, realm, 1).isEmpty()
                ? Stream.empty()
                : Stream.of(new Finding(
                        "no-approver",
                        Severity.INFO,
                        "New software waits for an approver, and no user has the role " + Deciders.APPROVER,
                        "Only admins of the realm can decide, and nobody is told that software waits",
                        Command.kcadm("create", "mcp/setup", realm, "-s", "approvers=[\"username\"]")));
    }
}
