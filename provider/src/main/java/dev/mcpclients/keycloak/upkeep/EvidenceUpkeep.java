package dev.mcpclients.keycloak.upkeep;

import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.registration.Assessments;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.Assessment;
import dev.mcpclients.keycloak.registry.Decisions;
import dev.mcpclients.keycloak.registry.EvidenceStamps;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * Finds the evidence of a realm's software anew when the catalogue or what is made of it has changed: by configuration, or by a new
 * version of this extension. What is found is reported, and never silently kept.
 */
final class EvidenceUpkeep {

    private static final Logger LOG = Logger.getLogger(EvidenceUpkeep.class);

    /** Every batch is a transaction, so that logins find the realm cache in between. */
    private static final int BATCH = 50;

    /** Seconds that other nodes leave the work to the one that has begun. */
    private static final int LONGEST = 600;

    private EvidenceUpkeep() {}

    /** After a change of configuration, which reaches one node. */
    static void afterCommit(KeycloakSession session, String realmId) {
        Background.afterCommit(session, factory -> run(factory, realmId));
    }

    /** After a start: of the nodes that start together one does the work. */
    static void atStart(KeycloakSessionFactory factory) {
        List<String> realms =
                KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> new EvidenceStamps(s).realms());
        for (String realmId : realms) {
            KeycloakModelUtils.runJobInTransaction(factory, s -> s.getProvider(ClusterProvider.class)
                    .executeIfNotExecuted("mcp-evidence-" + realmId, LONGEST, () -> {
                        run(factory, realmId);
                        return null;
                    }));
        }
    }

    /** One at a time: what was found by settings of before must not come after what was found by those of now. */
    private static synchronized void run(KeycloakSessionFactory factory, String realmId) {
        try {
            String stamp = KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> due(s, realmId));
            String after = "";
            while (stamp != null && after != null) {
                String from = after;
                after = KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> batch(s, realmId, from));
            }
            if (stamp != null) {
                KeycloakModelUtils.runJobInTransaction(factory, s -> new EvidenceStamps(s).set(realmId, stamp));
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "The evidence of MCP clients of realm %s could not be found anew; the next change or start tries again",
                    realmId);
        }
    }

    /** The catalogue and settings there are now, null where nothing has changed since the last time. */
    private static @Nullable String due(KeycloakSession s, String realmId) {
        RealmModel realm = s.realms().getRealm(realmId);
        if (realm == null || !RegistrationSettings.isRegistering(realm)) {
            return null;
        }
        String stamp = Fingerprint.hash(RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS)
                        .evidenceStamp()
                + RegistrationSettings.at(realm, RegistrationAuth.AUTHENTICATED).evidenceStamp());
        return new EvidenceStamps(s).isAt(realmId, stamp) ? null : stamp;
    }

    /** The id up to which software was looked at, null where there is no more. */
    private static @Nullable String batch(KeycloakSession s, String realmId, String after) {
        RealmModel realm = s.realms().getRealm(realmId);
        if (realm == null) {
            return null;
        }
        s.getContext().setRealm(realm);
        SoftwareRegistry registry = new SoftwareRegistry(s);
        List<Software> batch = registry.after(realm, after, BATCH);
        for (Software software : batch) {
            Assessments.of(registry, realm, software)
                    .filter(found -> !found.isThatOf(software))
                    .ifPresent(found -> {
                        new Decisions(s).reassess(realm, software.id(), found);
                        report(s, realm, registry, software, found);
                    });
        }
        return batch.size() < BATCH ? null : batch.get(BATCH - 1).id();
    }

    private static void report(
            KeycloakSession s, RealmModel realm, SoftwareRegistry registry, Software software, Assessment found) {
        EventBuilder event = new EventBuilder(realm, s)
                .event(EventType.CLIENT_UPDATE)
                .detail("mcp_software", software.id())
                .detail("mcp_name", software.name())
                .detail("mcp_evidence_before", software.evidence().wire())
                .detail("mcp_evidence", found.evidence().wire())
                .detail("mcp_looks_like", found.looksLike())
                .detail("mcp_state_before", software.state().wire())
                .detail("mcp_state", found.state().wire());
        registry.clientsOf(software.id()).stream()
                .findFirst()
                .map(realm::getClientById)
                .map(ClientModel::getClientId)
                .ifPresent(event::client);
        event.success();
        if (found.evidence().isBelow(software.evidence())) {
            LOG.warnf(
                    "Realm %s: the evidence of MCP client software %s fell from %s to %s",
                    realm.getName(),
                    software.id(),
                    software.evidence().wire(),
                    found.evidence().wire());
        }
    }
}
