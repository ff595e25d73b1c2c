package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** By which catalogue and settings the evidence of each realm's software was found, so that nobody looks again for nothing. */
public final class EvidenceStamps {

    private final EntityManager em;

    public EvidenceStamps(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Ids of the realms that have had software. */
    public List<String> realms() {
        return em.createQuery("select c.realmId from RealmCountersEntity c order by c.realmId", String.class)
                .getResultList();
    }

    public boolean isAt(String realmId, String stamp) {
        RealmCountersEntity row = em.find(RealmCountersEntity.class, realmId);
        return row == null || Objects.equals(row.evidenceStamp, stamp);
    }

    public void set(String realmId, String stamp) {
        em.createQuery("update RealmCountersEntity c set c.evidenceStamp = :stamp where c.realmId = :realm")
                .setParameter("stamp", stamp)
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
