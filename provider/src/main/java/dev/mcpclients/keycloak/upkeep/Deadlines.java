package dev.mcpclients.keycloak.upkeep;

import dev.mcpclients.keycloak.notification.UnsentMails;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Actor;
import dev.mcpclients.keycloak.registry.Decisions;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Loans;
import dev.mcpclients.keycloak.registry.OldRequests;
import dev.mcpclients.keycloak.registry.RequestExpired;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.resource.OneTimeConsent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.common.util.Time;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Does what dates ask for: approvals that have ended become pending, requests that nobody answered are forgotten, approvers are
 * reminded, mails tried again, addresses forgotten, and consents given for one code end with it. The gate and the guard go by the date
 * itself; this makes the list, the counts and the sessions follow. One node at a time works; each step is done once even where two do.
 */
final class Deadlines implements ScheduledTask {

    private static final Logger LOG = Logger.getLogger(Deadlines.class);
    private static final String NAME = "mcp-deadlines";
    private static final int BATCH = 200;

    private final Duration every;

    private Deadlines(Duration every) {
        this.every = every;
    }

    /** Starts on every node; one at a time does the work. */
    static void schedule(KeycloakSessionFactory factory, Duration every) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                KeycloakModelUtils.runJobInTransaction(factory, session -> session.getProvider(TimerProvider.class)
                        .scheduleTask(new Deadlines(every), every.toMillis(), NAME));
            }
        });
    }

    @Override
    public void run(KeycloakSession session) {
        session.getProvider(ClusterProvider.class)
                .executeIfNotExecuted(NAME, Math.toIntExact(every.toSeconds()), () -> {
                    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
                    endApprovals(session, now);
                    forgetRequests(session, now);
                    forgetAddresses(session, now);
                    Reminders.find(session, now);
                    UnsentMails.retry(session, now);
                    endLoans(session, now);
                    return true;
                });
    }

    /** Each in a transaction of its own: one that fails holds up no other. */
    private static void endApprovals(KeycloakSession session, Instant now) {
        for (SoftwareRegistry.Ended ended : new SoftwareRegistry(session).ended(now, BATCH)) {
            try {
                KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> end(own, ended));
            } catch (RuntimeException e) {
                LOG.warnf(e, "Software %s stays approved in the list although its date has passed", ended.softwareId());
            }
        }
    }

    private static void end(KeycloakSession session, SoftwareRegistry.Ended ended) {
        RealmModel realm = session.realms().getRealm(ended.realmId());
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        Decisions.Outcome outcome = new Decisions(session)
                .decide(realm, ended.softwareId(), Action.EXPIRE, null, Actor.SERVER, null, Limits.NONE);
        if (outcome instanceof Decisions.Outcome.Changed) {
            new EventBuilder(realm, session)
                    .event(EventType.CLIENT_UPDATE)
                    .detail("mcp_software", ended.softwareId())
                    .detail("mcp_action", Action.EXPIRE.wire())
                    .success();
        }
    }

    /** Consent that was given once for a code that nobody redeemed. */
    private static void endLoans(KeycloakSession session, Instant now) {
        for (Loans.Ended ended : new Loans(session).ended(now, BATCH)) {
            try {
                KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                    RealmModel realm = own.realms().getRealm(ended.realmId());
                    if (realm != null) {
                        own.getContext().setRealm(realm);
                        new OneTimeConsent(own, realm).end(ended.id());
                    }
                });
            } catch (RuntimeException e) {
                LOG.warnf(e, "A consent that was given once could not be taken back; the next run tries again");
            }
        }
    }

    private static void forgetRequests(KeycloakSession session, Instant now) {
        // No realm forgets sooner than after a day.
        for (String id : new OldRequests(session).realmsBefore(now.minus(Duration.ofDays(1)))) {
            KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
            List<OldRequests.Unanswered> unanswered = KeycloakModelUtils.runJobInTransactionWithResult(factory, own -> {
                RealmModel realm = own.realms().getRealm(id);
                if (realm == null) {
                    return List.of();
                }
                Instant moment = now.minus(RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS)
                        .requestExpiry());
                OldRequests old = new OldRequests(own);
                old.forgetAnswered(realm, moment);
                return old.unanswered(realm, moment, BATCH);
            });
            for (OldRequests.Unanswered request : unanswered) {
                try {
                    KeycloakModelUtils.runJobInTransaction(factory, own -> forget(own, id, request));
                } catch (RuntimeException e) {
                    LOG.warnf(e, "A request of user %s stays although it has expired", request.userId());
                }
            }
        }
    }

    private static void forgetAddresses(KeycloakSession session, Instant now) {
        for (String id : new SoftwareRegistry(session).realmsWithAddresses()) {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                RealmModel realm = own.realms().getRealm(id);
                if (realm != null) {
                    new SoftwareRegistry(own)
                            .forgetAddressesBefore(realm, now.minus(RegistrationSettings.addressesKept(realm)));
                }
            });
        }
    }

    private static void forget(KeycloakSession session, String realmId, OldRequests.Unanswered request) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        Optional<Software> software = new SoftwareRegistry(session).byId(realm, request.softwareId());
        if (software.isEmpty() || !new OldRequests(session).forget(request)) {
            return;
        }
        new EventBuilder(realm, session)
                .event(EventType.CLIENT_UPDATE)
                .user(request.userId())
                .detail("mcp_software", request.softwareId())
                .detail("mcp_action", "forget_request")
                .success();
        session.getKeycloakSessionFactory()
                .publish(new RequestExpired(session, realm, software.get(), request.userId()));
    }
}
