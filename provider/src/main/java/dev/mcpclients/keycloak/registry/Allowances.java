package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * What users allowed. Of a redirect URI that only one party can receive it may be used again without a question; of any other it only
 * says that the question is not new.
 */
public final class Allowances {

    private final EntityManager em;

    public Allowances(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * What a permission was given for. Where any of it is another now, the permission is not for that.
     *
     * @param software id of the client's software
     * @param redirectUri where codes go; of a program on the user's computer without its port
     * @param resource URL of the MCP server
     * @param evidence of the redirect URI, as it was shown
     * @param imitated the product whose look-alike it was shown to be
     */
    public record Subject(
            String software,
            String redirectUri,
            @Nullable String resource,
            Evidence evidence,
            @Nullable String imitated) {

        private String hash(ClientModel client) {
            String form = Stream.of(
                            client.getId(),
                            software,
                            redirectUri,
                            orEmpty(resource),
                            evidence.wire(),
                            orEmpty(imitated))
                    .map(part -> part.length() + ":" + part)
                    .collect(Collectors.joining("\n"));
            return Fingerprint.hash(form);
        }

        private static String orEmpty(@Nullable String part) {
            return part == null ? "" : part;
        }
    }

    /** When the user last allowed this client all of these scopes for this subject; one statement. */
    public Optional<Instant> lastAllowed(UserModel user, ClientModel client, Subject subject, Set<String> scopes) {
        return em.createNamedQuery("mcpAllowance", Object[].class)
                .setParameter("user", user.getId())
                .setParameter("target", subject.hash(client))
                .getResultStream()
                .filter(row -> List.of(((String) row[0]).split(" ")).containsAll(scopes))
                .map(row -> Instant.ofEpochMilli((Long) row[1]))
                .findFirst();
    }

    /** Replaces what was remembered for this subject. */
    public void remember(RealmModel realm, UserModel user, ClientModel client, Subject subject, Set<String> scopes) {
        String target = subject.hash(client);
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
            row.redirectHash = Fingerprint.hash(subject.redirectUri());
            row.scopes = joined;
            row.allowedAt = Time.currentTimeMillis();
            em.persist(row);
        }
    }

    /** Whether the user has allowed this client anything at this redirect URI; one statement. */
    public boolean knows(UserModel user, ClientModel client, String redirectUri) {
        return em.createNamedQuery("mcpAllowanceCount", Long.class)
                        .setParameter("user", user.getId())
                        .setParameter("client", client.getId())
                        .setParameter("redirect", Fingerprint.hash(redirectUri))
                        .getSingleResult()
                > 0;
    }

    /** Those of these redirect URIs, none of them of the user's computer, at which nobody has allowed this client anything; one statement. */
    public List<String> unused(ClientModel client, List<String> redirectUris) {
        Set<String> used = em.createNamedQuery("mcpAllowanceRedirects", String.class)
                .setParameter("client", client.getId())
                .getResultStream()
                .collect(Collectors.toSet());
        return redirectUris.stream()
                .filter(uri -> !used.contains(Fingerprint.hash(uri)))
                .toList();
    }

    /** Forgets everything the user allowed this client. */
    public void forget(UserModel user, ClientModel client) {
        em.createNamedQuery("mcpAllowanceForget")
                .setParameter("user", user.getId())
                .setParameter("client", client.getId())
                .executeUpdate();
    }

    /** Forgets everything about a user who is gone. */
    public void forget(UserModel user) {
        em.createQuery("delete from AllowanceEntity a where a.userId = :user")
                .setParameter("user", user.getId())
                .executeUpdate();
        em.createQuery("delete from LoanEntity l where l.userId = :user")
                .setParameter("user", user.getId())
                .executeUpdate();
    }
}
