package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What users allowed, remembered for redirect URIs that only one party can receive. */
public final class Allowances {

    private final EntityManager em;

    public Allowances(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Whether the user allowed this client all of these scopes for this redirect URI and resource; one statement. */
    public boolean remembers(
            UserModel user, ClientModel client, String redirectUri, @Nullable String resource, Set<String> scopes) {
        return em.createNamedQuery("mcpAllowanceScopes", String.class)
                .setParameter("user", user.getId())
                .setParameter("target", target(client, redirectUri, resource))
                .getResultStream()
                .anyMatch(stored -> new HashSet<>(Arrays.asList(stored.split(" "))).containsAll(scopes));
    }

    /** Replaces what was remembered for this redirect URI and resource. */
    public void remember(
            RealmModel realm,
            UserModel user,
            ClientModel client,
            String redirectUri,
            @Nullable String resource,
            Set<String> scopes) {
        String target = target(client, redirectUri, resource);
        String joined = String.join(" ", new TreeSet<>(scopes));
        int replaced = em.createQuery("update AllowanceEntity a set a.scopes = :scopes, a.allowedAt = :now"
                        + " where a.userId = :user and a.targetHash = :target")
                .setParameter("scopes", joined)
                .setParameter("now", Time.currentTimeMillis())
                .setParameter("user", user.getId())
                .setParameter("target", target)
                .executeUpdate();
        if (replaced == 0) {
            AllowanceEntity row = new AllowanceEntity();
            row.id = KeycloakModelUtils.generateId();
            row.realmId = realm.getId();
            row.userId = user.getId();
            row.clientUuid = client.getId();
            row.targetHash = target;
            row.scopes = joined;
            row.allowedAt = Time.currentTimeMillis();
            em.persist(row);
        }
    }

    /** Whether the user has allowed this client anything that is remembered; one statement. */
    public boolean knows(UserModel user, ClientModel client) {
        return em.createNamedQuery("mcpAllowanceCount", Long.class)
                        .setParameter("user", user.getId())
                        .setParameter("client", client.getId())
                        .getSingleResult()
                > 0;
    }

    /** Forgets everything the user allowed this client. */
    public void forget(UserModel user, ClientModel client) {
        em.createNamedQuery("mcpAllowanceForget")
                .setParameter("user", user.getId())
                .setParameter("client", client.getId())
                .executeUpdate();
    }

    private static String target(ClientModel client, String redirectUri, @Nullable String resource) {
        String form = client.getId() + '\n' + redirectUri + '\n' + (resource == null ? "" : resource);
        byte[] hash = HashUtils.hash(JavaAlgorithm.SHA256, form.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
