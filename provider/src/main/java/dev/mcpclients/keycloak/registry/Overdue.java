package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Software that has waited since a moment and longer, and that nobody has been reminded of after that moment. */
public final class Overdue {

    private static final String CONDITION =
            " where s.realmId = :realm and s.state = 'pending' and s.registeredAt <= :since"
                    + " and (s.decidedAt is null or s.decidedAt <= :since) and (s.remindedAt is null or s.remindedAt <= :since)";

    private final EntityManager em;

    public Overdue(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Ids of the realms in which software waits, by the maintained counts. */
    public List<String> realms() {
        return em.createQuery("select c.realmId from RealmCountersEntity c where c.pending > 0", String.class)
                .getResultList();
    }

    /** What has waited longest. */
    public List<Software> oldest(RealmModel realm, Instant since, int max) {
        return em.createQuery(
                        "select s from SoftwareEntity s" + CONDITION + " order by s.registeredAt, s.id",
                        SoftwareEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("since", since.toEpochMilli())
                .setMaxResults(max)
                .getResultStream()
                .map(row -> Software.of(row, null))
                .toList();
    }

    /** Notes of all of it that people are reminded now; how much it is. No decision, so the version stays. */
    public int note(RealmModel realm, Instant since, Instant now) {
        return em.createQuery("update SoftwareEntity s set s.remindedAt = :now" + CONDITION)
                .setParameter("realm", realm.getId())
                .setParameter("since", since.toEpochMilli())
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
    }
}
