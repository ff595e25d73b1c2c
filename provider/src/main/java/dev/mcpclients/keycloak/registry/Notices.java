package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.metadata.Fingerprint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.LocalDate;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Sees to it that people are told about a thing once a day at most, whatever node has something to tell. */
public final class Notices {

    private final KeycloakSessionFactory factory;

    public Notices(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    /**
     * Claims the right to tell, in a transaction of its own: whoever is told twice minds more than whoever is told by the page only,
     * where sending fails after this.
     *
     * @param kind of notice, at most 16 characters
     * @param subject what it is about
     * @return false where it was told on that day already
     */
    public boolean claim(String realmId, String kind, String subject, LocalDate day) {
        String id = id(realmId, kind, subject, day);
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> {
                EntityManager em = em(s);
                if (em.find(NoticeEntity.class, id) != null) {
                    return false;
                }
                NoticeEntity notice = new NoticeEntity();
                notice.id = id;
                notice.realmId = realmId;
                notice.day = day.toEpochDay();
                notice.kind = kind;
                em.persist(notice);
                em.flush();
                // Only today counts: what is older makes room, so that rows are bounded by what may be told in a day.
                em.createQuery("delete from NoticeEntity n where n.realmId = :realm and n.day < :day")
                        .setParameter("realm", realmId)
                        .setParameter("day", notice.day - 1)
                        .executeUpdate();
                return true;
            });
        } catch (PersistenceException | ModelException anotherNodeWasFirst) {
            return false;
        }
    }

    /** How many notices of a kind were claimed on that day. */
    public int claimed(String realmId, String kind, LocalDate day) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> em(s).createQuery(
                                "select count(n) from NoticeEntity n where n.realmId = :realm"
                                        + " and n.day = :day and n.kind = :kind",
                                Long.class)
                        .setParameter("realm", realmId)
                        .setParameter("day", day.toEpochDay())
                        .setParameter("kind", kind)
                        .getSingleResult())
                .intValue();
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private static String id(String realmId, String kind, String subject, LocalDate day) {
        return Fingerprint.hash(String.join("\n", realmId, kind, day.toString(), subject));
    }
}
