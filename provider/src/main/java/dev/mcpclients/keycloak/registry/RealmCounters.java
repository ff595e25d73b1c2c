package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Counts pending and never-used software of a realm by one conditional update, so that a bound holds on every node at once. */
final class RealmCounters {

    private final KeycloakSession session;
    private final EntityManager em;

    RealmCounters(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Adds one never-used software; false, and nothing counted, where a bound would be passed. */
    boolean add(String realmId, SoftwareState state, RegistryBounds bounds) {
        if (tryAdd(realmId, state, bounds)) {
            return true;
        }
        if (em.find(RealmCountersEntity.class, realmId) != null) {
            return false;
        }
        createRow(realmId);
        return tryAdd(realmId, state, bounds);
    }

    private boolean tryAdd(String realmId, SoftwareState state, RegistryBounds bounds) {
        return em.createQuery(
                                "update RealmCountersEntity c set c.pending = c.pending + :pending,"
                                        + " c.approved = c.approved + :approved, c.denied = c.denied + :denied,"
                                        + " c.unused = c.unused + 1"
                                        + " where c.realmId = :realm and c.pending + :pending <= :maxPending and c.unused < :maxUnused")
                        .setParameter("pending", state == SoftwareState.PENDING ? 1 : 0)
                        .setParameter("approved", state == SoftwareState.APPROVED ? 1 : 0)
                        .setParameter("denied", state == SoftwareState.DENIED ? 1 : 0)
                        .setParameter("realm", realmId)
                        .setParameter("maxPending", bounds.pending())
                        .setParameter("maxUnused", bounds.unused())
                        .executeUpdate()
                == 1;
    }

    /** Software left one state for another, which no bound holds back; null where it was not there or is gone. */
    void move(String realmId, @Nullable SoftwareState from, @Nullable SoftwareState to) {
        if (from != to) {
            change(
                    realmId,
                    difference(SoftwareState.PENDING, from, to),
                    difference(SoftwareState.APPROVED, from, to),
                    difference(SoftwareState.DENIED, from, to),
                    0);
        }
    }

    /** Software came from another realm, which no bound holds back. */
    void bring(String realmId, SoftwareState state, boolean unused) {
        change(
                realmId,
                difference(SoftwareState.PENDING, null, state),
                difference(SoftwareState.APPROVED, null, state),
                difference(SoftwareState.DENIED, null, state),
                unused ? 1 : 0);
    }

    /** Software counts as used or decided from now on. */
    void used(String realmId) {
        change(realmId, 0, 0, 0, -1);
    }

    private static int difference(SoftwareState state, @Nullable SoftwareState from, @Nullable SoftwareState to) {
        return (to == state ? 1 : 0) - (from == state ? 1 : 0);
    }

    /** A realm has no row before its first registration, which a client that the realm lists need not be. */
    private void change(String realmId, int pending, int approved, int denied, int unused) {
        if (!tryChange(realmId, pending, approved, denied, unused)) {
            createRow(realmId);
            tryChange(realmId, pending, approved, denied, unused);
        }
    }

    private boolean tryChange(String realmId, int pending, int approved, int denied, int unused) {
        return em.createQuery("update RealmCountersEntity c set c.pending = c.pending + :pending,"
                                + " c.approved = c.approved + :approved, c.denied = c.denied + :denied,"
                                + " c.unused = c.unused + :unused where c.realmId = :realm")
                        .setParameter("pending", pending)
                        .setParameter("approved", approved)
                        .setParameter("denied", denied)
                        .setParameter("unused", unused)
                        .setParameter("realm", realmId)
                        .executeUpdate()
                == 1;
    }

    Counts counts(String realmId) {
        RealmCountersEntity row = em.find(RealmCountersEntity.class, realmId);
        return row == null ? new Counts(0, 0, 0) : counts(row);
    }

    static Counts counts(RealmCountersEntity row) {
        return new Counts(row.pending, row.approved, row.denied);
    }

    /** In a transaction of its own: another registration may create the row at the same moment, and that one is as good. */
    private void createRow(String realmId) {
        try {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), s -> {
                RealmCountersEntity row = new RealmCountersEntity();
                row.realmId = realmId;
                EntityManager own = s.getProvider(JpaConnectionProvider.class).getEntityManager();
                own.persist(row);
                own.flush();
            });
        } catch (PersistenceException | ModelException alreadyThere) {
            // The row that stands is counted on.
        }
    }
}
