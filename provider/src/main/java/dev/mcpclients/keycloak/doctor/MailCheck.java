package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.notification.Notifications;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Approvers and users hear about requests and decisions by mail. */
final class MailCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
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
}
