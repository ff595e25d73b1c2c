package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.registration.MailSettings;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.Notices;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * Tells approvers that software waits, about each once a day. Beyond a number of mails one more says that there are many, so that a flood
 * of registrations fills no mailbox.
 */
final class Approvers {

    private static final String PENDING = "pending";
    private static final String DIGEST = "digest";

    /** Realms whose approvers get no more mails on that day, as far as this node knows: spares a flood its look-ups. */
    private final Map<String, LocalDate> quiet = new ConcurrentHashMap<>();

    boolean haveHadEnough(RealmModel realm) {
        return Notifications.today().equals(quiet.get(realm.getId()));
    }

    /** About one software that waits. */
    void tell(KeycloakSessionFactory factory, String realmId, Mail about, Mail digest) {
        LocalDate today = Notifications.today();
        if (today.equals(quiet.get(realmId))) {
            return;
        }
        Told told = receivers(factory, realmId);
        switch (claim(new Notices(factory), realmId, about, told.settings().digestAfter(), today)) {
            case SINGLE -> new Post(factory, realmId).send(about, told.users());
            case DIGEST -> new Post(factory, realmId).send(digest, told.users());
            case NONE -> {
                // Somebody told them before.
            }
        }
    }

    /** Whatever they were told before; whoever calls sees to it that it is said once. */
    static void tell(KeycloakSessionFactory factory, String realmId, Mail mail) {
        new Post(factory, realmId).send(mail, receivers(factory, realmId).users());
    }

    /** One at a time, so that this node counts right. */
    private synchronized Claim claim(Notices notices, String realmId, Mail about, int digestAfter, LocalDate today) {
        if (notices.claimed(realmId, PENDING, today) < digestAfter) {
            return notices.claim(realmId, PENDING, String.valueOf(about.software()), today) ? Claim.SINGLE : Claim.NONE;
        }
        quiet.put(realmId, today);
        return notices.claim(realmId, DIGEST, "", today) ? Claim.DIGEST : Claim.NONE;
    }

    /** What approvers may be told. */
    private enum Claim {
        SINGLE,
        DIGEST,
        NONE
    }

    /** Whom to tell, and how much. */
    private record Told(MailSettings settings, List<String> users) {}

    private static Told receivers(KeycloakSessionFactory factory, String realmId) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> {
            RealmModel realm = s.realms().getRealm(realmId);
            if (realm == null) {
                return new Told(new MailSettings(Duration.ZERO, 0, 0), List.of());
            }
            // Keycloak 26.7 reads users only in a session that is bound to a realm.
            s.getContext().setRealm(realm);
            MailSettings settings =
                    RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS).mails();
            return new Told(settings, Receivers.approvers(s, realm, settings.receivers()));
        });
    }
}
