package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Mails that could not be sent, to be tried again by one node at a time; bounded for each realm. */
public final class Outbox {

    /** Mails of one realm; a mail server that is down for long costs no more rows than this. */
    private static final int MOST = 1000;

    private final EntityManager em;

    public Outbox(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * A mail that was not sent.
     *
     * @param content for whoever sends it
     * @param tries how often it was tried
     */
    public record Unsent(String id, String realmId, String userId, String content, int tries, Instant since) {}

    /** Keeps a mail; false where the realm has too many. */
    public boolean keep(RealmModel realm, String userId, String content, Instant now, Instant next) {
        long kept = em.createQuery("select count(m) from UnsentMailEntity m where m.realmId = :realm", Long.class)
                .setParameter("realm", realm.getId())
                .getSingleResult();
        if (kept >= MOST) {
            return false;
        }
        UnsentMailEntity row = new UnsentMailEntity();
        row.id = KeycloakModelUtils.generateId();
        row.realmId = realm.getId();
        row.userId = userId;
        row.content = content;
        row.tries = 1;
        row.createdAt = now.toEpochMilli();
        row.nextAt = next.toEpochMilli();
        em.persist(row);
        return true;
    }

    /** What is to be tried again now. */
    public List<Unsent> due(Instant now, int max) {
        return em.createQuery(
                        "select m from UnsentMailEntity m where m.nextAt <= :now order by m.nextAt",
                        UnsentMailEntity.class)
                .setParameter("now", now.toEpochMilli())
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new Unsent(
                        row.id, row.realmId, row.userId, row.content, row.tries, Instant.ofEpochMilli(row.createdAt)))
                .toList();
    }

    /** Takes a mail to be tried; false where another node was first. */
    public boolean take(Unsent mail, Instant next) {
        return em.createQuery("update UnsentMailEntity m set m.tries = m.tries + 1, m.nextAt = :next"
                                + " where m.id = :id and m.tries = :tries")
                        .setParameter("next", next.toEpochMilli())
                        .setParameter("id", mail.id())
                        .setParameter("tries", mail.tries())
                        .executeUpdate()
                == 1;
    }

    /** It was sent, or is given up. */
    public void done(Unsent mail) {
        em.createQuery("delete from UnsentMailEntity m where m.id = :id")
                .setParameter("id", mail.id())
                .executeUpdate();
    }
}
