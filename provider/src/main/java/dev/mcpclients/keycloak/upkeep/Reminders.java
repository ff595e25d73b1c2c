package dev.mcpclients.keycloak.upkeep;

import dev.mcpclients.keycloak.registration.MailSettings;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.Notices;
import dev.mcpclients.keycloak.registry.Overdue;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareOverdue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/** Finds software that has waited too long, once a day for each realm, and has it told. */
final class Reminders {

    private static final Logger LOG = Logger.getLogger(Reminders.class);
    private static final String NOTICE = "reminder";

    /** Names in one mail. */
    private static final int MOST_NAMES = 10;

    static void find(KeycloakSession session, Instant now) {
        for (String realmId : new Overdue(session).realms()) {
            try {
                KeycloakModelUtils.runJobInTransaction(
                        session.getKeycloakSessionFactory(), own -> find(own, realmId, now));
            } catch (RuntimeException e) {
                LOG.warnf(e, "Nobody is reminded of what waits in realm %s", realmId);
            }
        }
    }

    private static void find(KeycloakSession session, String realmId, Instant now) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        MailSettings settings =
                RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS).mails();
        Notices notices = new Notices(session.getKeycloakSessionFactory());
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (!settings.reminds() || notices.claimed(realmId, NOTICE, today) > 0) {
            return;
        }
        Overdue overdue = new Overdue(session);
        Instant since = now.minus(settings.reminderAfter());
        List<Software> oldest = overdue.oldest(realm, since, MOST_NAMES);
        if (oldest.isEmpty() || !notices.claim(realmId, NOTICE, "", today)) {
            return;
        }
        int count = overdue.note(realm, since, now);
        new EventBuilder(realm, session)
                .event(EventType.CLIENT_UPDATE)
                .detail("mcp_action", "remind")
                .detail("mcp_count", Integer.toString(count))
                .success();
        session.getKeycloakSessionFactory().publish(new SoftwareOverdue(session, realm, count, oldest));
    }

    private Reminders() {}
}
