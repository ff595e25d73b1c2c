package dev.mcpclients.keycloak.resource;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Clients that carry an attribute, found by its name, which is indexed. */
public final class MarkedClients {

    /** Where a request keeps what one statement found for two questions. */
    private static final String FOUND = MarkedClients.class.getName();

    /** The clients with this attribute, in the order of their client ids; one statement, or none after {@link #together}. */
    public static Stream<ClientModel> with(KeycloakSession session, RealmModel realm, String attribute) {
        List<String> found = found(session).get(key(realm, attribute));
        List<String> uuids = found != null
                ? found
                : query(session, realm, List.of(attribute)).getOrDefault(attribute, List.of());
        return uuids.stream().map(realm::getClientById).filter(Objects::nonNull);
    }

    /**
     * Uuids of the same for a registration, which asks for the realm's resources a moment later: one statement finds both, and the rest of
     * the request has no other. Not for requests that make or change resources.
     */
    public static List<String> together(KeycloakSession session, RealmModel realm, String attribute) {
        Map<String, List<String>> found = query(session, realm, List.of(attribute, McpServers.RESOURCE_URL));
        List<String> resources = found.getOrDefault(McpServers.RESOURCE_URL, List.of());
        session.setAttribute(FOUND, Map.of(key(realm, McpServers.RESOURCE_URL), resources));
        return found.getOrDefault(attribute, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<String>> found(KeycloakSession session) {
        Object found = session.getAttribute(FOUND);
        return found == null ? Map.of() : (Map<String, List<String>>) found;
    }

    private static String key(RealmModel realm, String attribute) {
        return realm.getId() + ' ' + attribute;
    }

    private static Map<String, List<String>> query(KeycloakSession session, RealmModel realm, List<String> attributes) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Map<String, List<String>> found = new HashMap<>();
        for (Object[] row : em.createQuery(
                        "select a.name, c.id from ClientAttributeEntity a join a.client c"
                                + " where a.name in :names and c.realmId = :realm order by c.clientId",
                        Object[].class)
                .setParameter("names", attributes)
                .setParameter("realm", realm.getId())
                .getResultList()) {
            found.computeIfAbsent((String) row[0], name -> new ArrayList<>()).add((String) row[1]);
        }
        return found;
    }

    private MarkedClients() {}
}
