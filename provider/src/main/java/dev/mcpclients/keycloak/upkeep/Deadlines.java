package dev.mcpclients.keycloak.upkeep;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Actor;
import dev.mcpclients.keycloak.registry.Decisions;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import java.time.Duration;
import java.time.Instant;
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
 * Does what dates ask for: approvals that have ended become pending, and requests that nobody answered are forgotten. The gate and
 * the guard go by the date itself; this makes the list, the counts and the sessions follow.
 */
final class Deadlines implements ScheduledTask {

    private static final Logger LOG = Logger.getLogger(Deadlines.class);
    private static final String NAME = "mcp-deadlines";
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final int BATCH = 200;

    /** Starts on every node; one at a time does the work. */
    static void schedule(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                KeycloakModelUtils.runJobInTransaction(factory, session -> session.getProvider(TimerProvider.class)
                        .scheduleTask(new Deadlines(), EVERY.toMillis(), NAME));
            }
        });
    }

    @Override
    public void run(KeycloakSession session) {
        session.getProvider(ClusterProvider.class)
                .executeIfNotExecuted(NAME, Math.toIntExact(EVERY.toSeconds()), () -> {
                    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
                    endApprovals(session, now);
                    forgetRequests(session, now);
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

    private static void forgetRequests(KeycloakSession session, Instant now) {
        // No realm forgets sooner than after a day.
        for (String id : new SoftwareRegistry(session).realmsWithRequestsBefore(now.minus(Duration.ofDays(1)))) {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                RealmModel realm = own.realms().getRealm(id);
                if (realm != null) {
                    Duration age = RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS)
                            .requestExpiry();
                    int forgotten = new SoftwareRegistry(own).forgetRequestsBefore(realm, now.minus(age));
                    LOG.debugf("%d requests of realm %s have expired", forgotten, realm.getName());
                }
            });
        }
    }
}
