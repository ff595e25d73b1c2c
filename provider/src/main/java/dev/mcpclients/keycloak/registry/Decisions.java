package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The one class that changes the state of software. A decision holds for every door, so it is written to all rows of the same
 * fingerprint, and to the attribute of each of their clients, which Keycloak caches in the whole cluster.
 */
public final class Decisions {

    private final KeycloakSession session;
    private final EntityManager em;
    private final RealmCounters counters;

    public Decisions(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.counters = new RealmCounters(session);
    }

    /** What became of a decision. */
    public sealed interface Outcome {

        record Changed(Software software) implements Outcome {}

        /** Somebody else decided since the version that the decision was made on. */
        record Conflict(Software software) implements Outcome {}

        record NotFound() implements Outcome {}
    }

    public Outcome approve(RealmModel realm, String id, @Nullable Integer version, String by, @Nullable String reason) {
        return decide(realm, id, version, SoftwareState.APPROVED, by, reason);
    }

    /** Denies: codes and refresh tokens are refused from now on, tokens given out before end through the client's not-before time. */
    public Outcome deny(RealmModel realm, String id, @Nullable Integer version, String by, @Nullable String reason) {
        return decide(realm, id, version, SoftwareState.DENIED, by, reason);
    }

    /** Takes a decision back: the software is pending again. */
    public Outcome reopen(RealmModel realm, String id, @Nullable Integer version, String by, @Nullable String reason) {
        return decide(realm, id, version, SoftwareState.PENDING, by, reason);
    }

    private Outcome decide(
            RealmModel realm,
            String id,
            @Nullable Integer version,
            SoftwareState state,
            String by,
            @Nullable String reason) {
        Optional<SoftwareEntity> found = Optional.ofNullable(
                        em.find(SoftwareEntity.class, id, LockModeType.PESSIMISTIC_WRITE))
                .filter(row -> row.realmId.equals(realm.getId()));
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        SoftwareEntity decided = found.get();
        if (version != null && version != decided.version) {
            return new Outcome.Conflict(Software.of(decided, null));
        }
        List<SoftwareEntity> rows = em.createQuery(
                        "select s from SoftwareEntity s where s.realmId = :realm and s.fingerprint = :fingerprint",
                        SoftwareEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("fingerprint", decided.fingerprint)
                .getResultList();
        for (SoftwareEntity row : rows) {
            count(row, state);
            row.state = state.wire();
            row.basis = Basis.DECISION.wire();
            row.reason = reason;
            row.decidedBy = by;
            row.decidedAt = Time.currentTimeMillis();
        }
        em.flush();
        List<String> clients = em.createNamedQuery("mcpClientsOfSoftware", String.class)
                .setParameter("software", rows.stream().map(row -> row.id).toList())
                .getResultList();
        clients.forEach(uuid -> carry(realm.getClientById(uuid), state, reason));
        if (state != SoftwareState.APPROVED && !clients.isEmpty()) {
            new ClientSessions(session).endAfterCommit(realm.getId(), clients);
        }
        return new Outcome.Changed(Software.of(decided, null));
    }

    private void count(SoftwareEntity row, SoftwareState next) {
        int pending = (next == SoftwareState.PENDING ? 1 : 0)
                - (SoftwareState.of(row.state) == SoftwareState.PENDING ? 1 : 0);
        int unused = row.usedAt == null && !Basis.of(row.basis).isHuman() ? -1 : 0;
        counters.change(row.realmId, pending, unused);
    }

    private static void carry(@Nullable ClientModel client, SoftwareState state, @Nullable String reason) {
        if (client == null) {
            return;
        }
        client.setAttribute(ClientAttributes.STATE, state.wire());
        client.setAttribute(ClientAttributes.BASIS, Basis.DECISION.wire());
        if (reason == null || state != SoftwareState.DENIED) {
            client.removeAttribute(ClientAttributes.REASON);
        } else {
            client.setAttribute(ClientAttributes.REASON, reason);
        }
        if (state != SoftwareState.APPROVED) {
            ClientAttributes.endTokens(client);
        }
    }
}
