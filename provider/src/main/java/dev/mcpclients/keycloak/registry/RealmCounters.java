package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Counts pending and never-used software of a realm by one conditional update, so that a bound holds on every node at once. */
final class RealmCounters {

    private final KeycloakSession session;
    private final EntityManager em;

    RealmCounters(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Adds one never-used software, pending or not; false, and nothing counted, where a bound would be passed. */
    boolean add(String realmId, boolean pending, RegistryBounds bounds) {
        if (tryAdd(realmId, pending, bounds)) {
            return true;
        }
        return em.find(RealmCountersEntity.class, realmId) == null
                && createRow(realmId)
                && tryAdd(realmId, pending, bounds);
    }

    private boolean tryAdd(String realmId, boolean pending, RegistryBounds bounds) {
        return em.createQuery(
                                "update RealmCountersEntity c set c.pending = c.pending + :pending, c.unused = c.unused + 1"
                                        + " where c.realmId = :realm and c.pending + :pending <= :maxPending and c.unused < :maxUnused")
                        .setParameter("pending", pending ? 1 : 0)
                        .setParameter("realm", realmId)
                        .setParameter("maxPending", bounds.pending())
                        .setParameter("maxUnused", bounds.unused())
                        .executeUpdate()
                == 1;
    }

    /** Applies differences that no bound holds back: decisions and first uses. */
    void change(String realmId, int pending, int unused) {
        if (pending == 0 && unused == 0) {
            return;
        }
        em.createQuery(
                        "update RealmCountersEntity c set c.pending = c.pending + :pending, c.unused = c.unused + :unused"
                                + " where c.realmId = :realm")
                .setParameter("pending", pending)
                .setParameter("unused", unused)
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    int pending(String realmId) {
        RealmCountersEntity row = em.find(RealmCountersEntity.class, realmId);
        return row == null ? 0 : row.pending;
    }

    /** In a transaction of its own: another registration may create the row at the same moment, and that one is as good. */
    private boolean createRow(String realmId) {
        try {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), s -> {
                RealmCountersEntity row = new RealmCountersEntity();
                row.realmId = realmId;
                EntityManager own = s.getProvider(JpaConnectionProvider.class).getEntityManager();
                own.persist(row);
                own.flush();
            });
        } catch (PersistenceException | org.keycloak.models.ModelException alreadyThere) {
            return true;
        }
        return true;
    }
}
