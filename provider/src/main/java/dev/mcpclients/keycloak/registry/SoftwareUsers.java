package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Who uses software: users whose consent to one of its clients Keycloak holds, as every answer of the decision screen records it. Those of
 * a user storage that is not imported have a table of their own.
 */
public final class SoftwareUsers {

    private static final String OF_SOFTWARE =
            " c where c.clientId in (select l.clientUuid from SoftwareClientEntity l where l.softwareId in :software)";

    private final EntityManager em;

    public SoftwareUsers(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** How many use it. */
    public int count(String softwareId) {
        return count("select count(distinct c.user.id) from UserConsentEntity", softwareId)
                + count("select count(distinct c.userId) from FederatedUserConsentEntity", softwareId);
    }

    private int count(String select, String softwareId) {
        return em.createQuery(select + OF_SOFTWARE, Long.class)
                .setParameter("software", List.of(softwareId))
                .getSingleResult()
                .intValue();
    }

    /** Ids of those who use one of these, of either table that many at most. */
    public Set<String> ids(Collection<String> softwareIds, int max) {
        Set<String> ids =
                new LinkedHashSet<>(ids("select distinct c.user.id from UserConsentEntity", softwareIds, max));
        ids.addAll(ids("select distinct c.userId from FederatedUserConsentEntity", softwareIds, max));
        return ids;
    }

    private List<String> ids(String select, Collection<String> softwareIds, int max) {
        return em.createQuery(select + OF_SOFTWARE, String.class)
                .setParameter("software", softwareIds)
                .setMaxResults(max)
                .getResultList();
    }
}
