package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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

        /** Only what is approved can be suspended, only what is denied re-opened; the software is as it was. */
        record Impossible(Software software) implements Outcome {}

        record NotFound() implements Outcome {}
    }

    /**
     * Locks software that decisions follow about, with its rows at other doors, in one order: two decisions at once must never wait for
     * each other in a circle. Whoever decides about more than one calls this first.
     */
    public void lock(RealmModel realm, Collection<String> ids) {
        locked(realm, ids);
    }

    /**
     * Does what was decided. What is not approved any more loses its tokens: codes and refresh tokens are refused from now on, those given
     * out before end through the client's not-before time.
     *
     * @param version the version decided on, null: whatever stands now
     * @param limits of an approval; of approved software they replace those it has
     */
    public Outcome decide(
            RealmModel realm,
            String id,
            Action action,
            @Nullable Integer version,
            Actor by,
            @Nullable String reason,
            Limits limits) {
        List<SoftwareEntity> rows = locked(realm, List.of(id));
        Optional<SoftwareEntity> found =
                rows.stream().filter(row -> row.id.equals(id)).findFirst();
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        SoftwareEntity decided = found.get();
        SoftwareState before = SoftwareState.of(decided.state);
        if (version != null && version != decided.version) {
            return new Outcome.Conflict(Software.of(decided, null));
        }
        if (!action.isPossibleFrom(before)) {
            return new Outcome.Impossible(Software.of(decided, null));
        }
        Duration waited = waited(before, decided);
        Limits held = Limits.of(decided.limits);
        Limits given = action == Action.APPROVE ? limits : Limits.NONE;
        long now = Time.currentTimeMillis();
        rows.forEach(row -> write(row, action.result(), by.name(), now, reason, given));
        em.flush();
        List<ClientModel> clients = clients(realm, rows);
        clients.forEach(client -> carry(client, action.result(), reason, given));
        new DecisionHistory(session)
                .add(
                        decided,
                        action,
                        before,
                        by,
                        now,
                        reason,
                        given,
                        clients.stream().map(ClientModel::getClientId).toList());
        if (action.result() != SoftwareState.APPROVED && !clients.isEmpty()) {
            new ClientSessions(session)
                    .endAfterCommit(
                            realm.getId(),
                            clients.stream().map(ClientModel::getId).toList());
        }
        Software changed = Software.of(decided, null);
        session.getKeycloakSessionFactory()
                .publish(new SoftwareDecided(
                        session,
                        realm,
                        action,
                        changed,
                        rows.stream().map(row -> row.id).toList(),
                        before,
                        held,
                        waited));
        return new Outcome.Changed(changed);
    }

    /** How long software waited: since it registered, or since it was last made to wait. */
    private static @Nullable Duration waited(SoftwareState before, SoftwareEntity decided) {
        if (before != SoftwareState.PENDING) {
            return null;
        }
        long since = decided.decidedAt == null ? decided.registeredAt : decided.decidedAt;
        return Duration.ofMillis(Math.max(0, Time.currentTimeMillis() - since));
    }

    /**
     * Writes evidence that was found anew. Where it changes the state, which no person decided about, what the software was given ends
     * as after a suspension.
     */
    public void reassess(RealmModel realm, String id, Assessment found) {
        Optional<SoftwareEntity> row = locked(realm, List.of(id)).stream()
                .filter(locked -> locked.id.equals(id))
                .findFirst();
        if (row.isEmpty()
                || Basis.of(row.get().basis).isHuman() != found.basis().isHuman()) {
            return;
        }
        SoftwareEntity software = row.get();
        SoftwareState before = SoftwareState.of(software.state);
        software.evidence = found.evidence().wire();
        software.skeleton = NameSkeleton.hash(software.name);
        software.looksLike = found.looksLike();
        software.state = found.state().wire();
        software.basis = found.basis().wire();
        counters.move(realm.getId(), before, found.state());
        em.flush();
        List<ClientModel> clients = clients(realm, List.of(software));
        clients.forEach(client -> carry(client, found));
        if (before == SoftwareState.APPROVED && found.state() == SoftwareState.PENDING) {
            new DecisionHistory(session)
                    .add(
                            software,
                            Action.DOUBT,
                            before,
                            Actor.SERVER,
                            Time.currentTimeMillis(),
                            null,
                            Limits.NONE,
                            clients.stream().map(ClientModel::getClientId).toList());
            clients.forEach(ClientAttributes::endTokens);
            session.getKeycloakSessionFactory()
                    .publish(new SoftwareDecided(
                            session,
                            realm,
                            Action.DOUBT,
                            Software.of(software, null),
                            List.of(id),
                            before,
                            Limits.NONE,
                            null));
            new ClientSessions(session)
                    .endAfterCommit(
                            realm.getId(),
                            clients.stream().map(ClientModel::getId).toList());
        }
    }

    private static void carry(ClientModel client, Assessment found) {
        ClientAttributes.carryEvidence(client, found.evidence());
        ClientAttributes.carryLooksLike(client, found.looksLike());
        client.setAttribute(ClientAttributes.STATE, found.state().wire());
        client.setAttribute(ClientAttributes.BASIS, found.basis().wire());
    }

    /**
     * All rows of this software, at whatever door. Read again under the lock: another node may have decided since this transaction read
     * them first, and a plain read may be as old as the transaction.
     */
    private List<SoftwareEntity> locked(RealmModel realm, Collection<String> ids) {
        List<SoftwareEntity> rows = em.createQuery(
                        "select s from SoftwareEntity s where s.realmId = :realm and s.fingerprint in"
                                + " (select f.fingerprint from SoftwareEntity f where f.realmId = :realm and f.id in :ids)"
                                + " order by s.id",
                        SoftwareEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("ids", ids)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        rows.forEach(row -> em.refresh(row, LockModeType.PESSIMISTIC_WRITE));
        return rows;
    }

    /** Writes a decision that was made about this software in another realm; its history comes by itself. */
    public void bring(RealmModel realm, String fingerprint, BroughtSoftware.Standing decided) {
        List<SoftwareEntity> rows = em.createQuery(
                        "select s from SoftwareEntity s where s.realmId = :realm and s.fingerprint = :fingerprint"
                                + " order by s.id",
                        SoftwareEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("fingerprint", fingerprint)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        Instant at = Objects.requireNonNull(decided.decidedAt(), "a person decided");
        rows.forEach(row -> write(
                row, decided.state(), decided.decidedBy(), at.toEpochMilli(), decided.reason(), decided.limits()));
        em.flush();
        List<ClientModel> clients = clients(realm, rows);
        clients.forEach(client -> {
            carry(client, decided.state(), decided.reason(), decided.limits());
            ClientCache.forget(session, client);
        });
        if (decided.state() != SoftwareState.APPROVED && !clients.isEmpty()) {
            new ClientSessions(session)
                    .endAfterCommit(
                            realm.getId(),
                            clients.stream().map(ClientModel::getId).toList());
        }
    }

    private void write(
            SoftwareEntity row,
            SoftwareState state,
            @Nullable String by,
            long at,
            @Nullable String reason,
            Limits limits) {
        counters.move(row.realmId, SoftwareState.of(row.state), state);
        if (row.usedAt == null && !Basis.of(row.basis).isHuman()) {
            counters.used(row.realmId);
        }
        row.state = state.wire();
        row.basis = Basis.DECISION.wire();
        row.reason = reason;
        row.decidedBy = by;
        row.decidedAt = at;
        row.limits = limits.toJson();
        row.expiresAt = limits.until() == null ? null : limits.until().toEpochMilli();
    }

    private List<ClientModel> clients(RealmModel realm, List<SoftwareEntity> rows) {
        return em.createNamedQuery("mcpClientsOfSoftware", String.class)
                .setParameter("software", rows.stream().map(row -> row.id).toList())
                .getResultStream()
                .map(realm::getClientById)
                .filter(Objects::nonNull)
                .toList();
    }

    private static void carry(ClientModel client, SoftwareState state, @Nullable String reason, Limits limits) {
        client.setAttribute(ClientAttributes.STATE, state.wire());
        client.setAttribute(ClientAttributes.BASIS, Basis.DECISION.wire());
        ClientAttributes.carryLimits(client, limits);
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
