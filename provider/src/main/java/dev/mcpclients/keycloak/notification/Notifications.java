package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.approval.Addresses;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Notices;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareAdded;
import dev.mcpclients.keycloak.registry.SoftwareDecided;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareState;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
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

/**
 * Tells approvers about new software and users about decisions: after the commit, outside the request, once a day for each thing.
 * Beyond {@link #MOST_SINGLE} mails a day one more says that there are many, so that a flood of registrations fills no mailbox.
 */
public final class Notifications implements ProviderEventListener {

    /** Mails about single software that approvers of a realm get in a day. */
    static final int MOST_SINGLE = 20;

    private static final Logger LOG = Logger.getLogger(Notifications.class);
    private static final int MOST_ASKERS = 500;
    private static final String PENDING = "pending";
    private static final String DIGEST = "digest";

    /** Realms whose approvers get no more mails on that day, as far as this node knows: spares a flood its look-ups. */
    private final Map<String, LocalDate> quiet = new ConcurrentHashMap<>();

    /** Called within the transaction of whoever registers or decides, which no mail may stop. */
    @Override
    public void onEvent(ProviderEvent event) {
        quietly(() -> {
            if (event instanceof SoftwareAdded added && added.software().state() == SoftwareState.PENDING) {
                added(added);
            } else if (event instanceof SoftwareDecided decided
                    && (decided.action() == Action.APPROVE || decided.action() == Action.DENY)) {
                decided(decided);
            }
        });
    }

    private void added(SoftwareAdded event) {
        RealmModel realm = event.realm();
        if (!sendsMail(realm) || today().equals(quiet.get(realm.getId()))) {
            return;
        }
        String realmId = realm.getId();
        KeycloakSessionFactory factory = event.session().getKeycloakSessionFactory();
        Addresses addresses = Addresses.of(event.session());
        Software software = event.software();
        afterCommit(event.session(), () -> tellApprovers(factory, realmId, software, addresses));
    }

    private void tellApprovers(KeycloakSessionFactory factory, String realmId, Software software, Addresses addresses) {
        LocalDate today = today();
        if (today.equals(quiet.get(realmId))) {
            return;
        }
        switch (claim(new Notices(factory), realmId, software, today)) {
            case SINGLE ->
                new Post(factory, realmId)
                        .send(Mail.pending(software, addresses.software(software.id())), approvers(factory, realmId));
            case DIGEST -> new Post(factory, realmId).send(Mail.digest(addresses.list()), approvers(factory, realmId));
            case NONE -> {
                // Somebody told them before.
            }
        }
    }

    /** One at a time, so that this node counts right. */
    private synchronized Claim claim(Notices notices, String realmId, Software software, LocalDate today) {
        if (notices.claimed(realmId, PENDING, today) < MOST_SINGLE) {
            return notices.claim(realmId, PENDING, software.id(), today) ? Claim.SINGLE : Claim.NONE;
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

    private static void decided(SoftwareDecided event) {
        if (!sendsMail(event.realm())) {
            return;
        }
        String realmId = event.realm().getId();
        KeycloakSessionFactory factory = event.session().getKeycloakSessionFactory();
        URI account = UriBuilder.fromUri(event.session().getContext().getUri().getBaseUri())
                .path("realms/{realm}/account/applications")
                .build(event.realm().getName());
        Mail mail = Mail.decided(event.software(), event.action(), account);
        afterCommit(event.session(), () -> tellAskers(factory, realmId, event.action(), event.rows(), mail));
    }

    private static void tellAskers(
            KeycloakSessionFactory factory, String realmId, Action action, List<String> rows, Mail mail) {
        Notices notices = new Notices(factory);
        LocalDate today = today();
        List<String> askers = KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> {
            SoftwareRegistry registry = new SoftwareRegistry(s);
            return rows.stream()
                    .flatMap(row -> registry.requestsFor(row, MOST_ASKERS).stream())
                    .map(request -> request.userId())
                    .distinct()
                    .toList();
        });
        new Post(factory, realmId)
                .send(
                        mail,
                        askers.stream()
                                .filter(asker ->
                                        notices.claim(realmId, action.wire(), rows.get(0) + "\n" + asker, today))
                                .toList());
    }

    private static List<String> approvers(KeycloakSessionFactory factory, String realmId) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> {
            RealmModel realm = s.realms().getRealm(realmId);
            if (realm == null) {
                return List.of();
            }
            // Keycloak 26.7 reads users only in a session that is bound to a realm.
            s.getContext().setRealm(realm);
            return Receivers.approvers(s, realm);
        });
    }

    private static boolean sendsMail(RealmModel realm) {
        return !realm.getSmtpConfig().isEmpty();
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(Time.currentTimeMillis()), ZoneOffset.UTC);
    }

    private static void afterCommit(KeycloakSession session, Runnable task) {
        var executor = session.getProvider(ExecutorsProvider.class).getExecutor("mcp-notification");
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                quietly(() -> executor.execute(() -> quietly(task)));
            }

            @Override
            protected void rollbackImpl() {
                // Nothing happened, so there is nothing to tell.
            }
        });
    }

    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("Mails about software could not be sent", e);
        }
    }
}
