package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Requests of users that are so old that they are forgotten; the software keeps its state and stays on the list. */
public final class OldRequests {

    private final EntityManager em;

    public OldRequests(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** A request that nobody answered in time. */
    public record Unanswered(String id, String softwareId, String userId) {}

    /** Ids of realms in which somebody asked before that moment. */
    public List<String> realmsBefore(Instant moment) {
        return em.createQuery(
                        "select distinct s.realmId from SoftwareEntity s where s.id in"
                                + " (select r.softwareId from RequestEntity r where r.askedAt < :moment)",
                        String.class)
                .setParameter("moment", moment.toEpochMilli())
                .getResultList();
    }

    /** Forgets those whose software has been decided about: they were answered. */
    public int forgetAnswered(RealmModel realm, Instant moment) {
        return em.createQuery("delete from RequestEntity r where r.askedAt < :moment and r.softwareId in"
                        + " (select s.id from SoftwareEntity s where s.realmId = :realm and s.state <> 'pending')")
                .setParameter("moment", moment.toEpochMilli())
                .setParameter("realm", realm.getId())
                .executeUpdate();
    }

    /** Those whose software still waits. */
    public List<Unanswered> unanswered(RealmModel realm, Instant moment, int max) {
        return em.createQuery(
                        "select r from RequestEntity r where r.askedAt < :moment and r.softwareId in"
                                + " (select s.id from SoftwareEntity s where s.realmId = :realm and s.state = 'pending')"
                                + " order by r.askedAt, r.id",
                        RequestEntity.class)
                .setParameter("moment", moment.toEpochMilli())
                .setParameter("realm", realm.getId())
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new Unanswered(row.id, row.softwareId, row.userId))
                .toList();
    }

    /** Forgets one; false where it is gone already, so that one node of many tells the user. */
    public boolean forget(Unanswered request) {
        return em.createQuery("delete from RequestEntity r where r.id = :id")
                        .setParameter("id", request.id())
                        .executeUpdate()
                == 1;
    }
}
