package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.RequestExpired;
import dev.mcpclients.keycloak.registry.SoftwareAdded;
import dev.mcpclients.keycloak.registry.SoftwareDecided;
import dev.mcpclients.keycloak.registry.SoftwareOverdue;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Tells approvers about software that waits and users about decisions: after the commit, outside the request, once. */
public final class Notifications implements ProviderEventListener {

    private static final Logger LOG = Logger.getLogger(Notifications.class);

    private final Approvers approvers = new Approvers();

    /** Realms without mail settings that this node has warned about on that day. */
    private final Map<String, LocalDate> mute = new ConcurrentHashMap<>();

    /** Called within the transaction of whoever registers or decides, which no mail may stop. */
    @Override
    public void onEvent(ProviderEvent event) {
        quietly(() -> {
            if (event instanceof SoftwareAdded added && added.software().state() == SoftwareState.PENDING) {
                added(added);
            } else if (event instanceof SoftwareDecided decided) {
                decided(decided);
            } else if (event instanceof SoftwareOverdue overdue) {
                overdue(overdue);
            } else if (event instanceof RequestExpired expired) {
                expired(expired);
            }
        });
    }

    private void added(SoftwareAdded event) {
        Links links = Links.of(event.session(), event.realm());
        tellApprovers(event.session(), event.realm(), Mail.pending(event.software(), links), Mail.digest(links));
    }

    /** Where nobody decided, approvers do not know of it either. */
    private void decided(SoftwareDecided event) {
        Links links = Links.of(event.session(), event.realm());
        Action action = event.action();
        if (!action.isForPeople()) {
            tellApprovers(
                    event.session(),
                    event.realm(),
                    Mail.pendingAgain(event.software(), action, links),
                    Mail.digest(links));
        }
        Mail mail = Mail.decided(event.software(), action, links);
        Mail notForYou = Mail.notForYou(event.software());
        later(event.session(), event.realm(), factory -> tellUsers(factory, event, mail, notForYou));
    }

    private void overdue(SoftwareOverdue event) {
        Mail mail = Mail.reminder(event.count(), event.oldest(), Links.of(event.session(), event.realm()));
        later(
                event.session(),
                event.realm(),
                factory -> Approvers.tell(factory, event.realm().getId(), mail));
    }

    private void expired(RequestExpired event) {
        Mail mail = Mail.expired(event.software());
        later(event.session(), event.realm(), factory -> new Post(
                        factory, event.realm().getId())
                .send(mail, List.of(event.userId())));
    }

    private void tellApprovers(KeycloakSession session, RealmModel realm, Mail about, Mail digest) {
        if (!approvers.haveHadEnough(realm)) {
            String realmId = realm.getId();
            later(session, realm, factory -> approvers.tell(factory, realmId, about, digest));
        }
    }

    /** Who asked for it or uses it, as far as it changes anything for them. */
    private static void tellUsers(KeycloakSessionFactory factory, SoftwareDecided event, Mail mail, Mail notForYou) {
        String realmId = event.realm().getId();
        Concerned concerned = KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> {
            RealmModel realm = s.realms().getRealm(realmId);
            return realm == null ? new Concerned(List.of(), List.of()) : Concerned.by(event, s, realm);
        });
        Post post = new Post(factory, realmId);
        post.send(mail, concerned.told());
        post.send(notForYou, concerned.leftOut());
    }

    static LocalDate today() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(Time.currentTimeMillis()), ZoneOffset.UTC);
    }

    /** Whether the realm names a mail server; a placeholder that nobody filled is none. */
    public static boolean hasMailServer(RealmModel realm) {
        String host = realm.getSmtpConfig().get("host");
        return host != null && !host.isBlank();
    }

    /** A realm without mail settings tells nobody; that is said once a day. */
    private boolean sendsMail(RealmModel realm) {
        if (hasMailServer(realm)) {
            return true;
        }
        LocalDate today = today();
        if (!today.equals(mute.put(realm.getId(), today))) {
            LOG.warnf(
                    "Realm %s has no mail settings: approvers and users hear nothing of software, and the approvals page is all they have",
                    realm.getName());
        }
        return false;
    }

    private void later(KeycloakSession session, RealmModel realm, Task task) {
        if (!sendsMail(realm)) {
            return;
        }
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        var executor = session.getProvider(ExecutorsProvider.class).getExecutor("mcp-notification");
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                quietly(() -> executor.execute(() -> quietly(() -> task.run(factory))));
            }

            @Override
            protected void rollbackImpl() {
                // Nothing happened, so there is nothing to tell.
            }
        });
    }

    /** What is done outside the request, in transactions of its own. */
    private interface Task {
        void run(KeycloakSessionFactory factory);
    }

    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("Mails about software could not be sent", e);
        }
    }
}
