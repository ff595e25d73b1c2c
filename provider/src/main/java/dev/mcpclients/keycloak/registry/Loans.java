package dev.mcpclients.keycloak.registry;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Consent that users gave for one authorization only. Keycloak asks its own record of consents once more when the code is redeemed, so
 * it has to stand there until then; this says what has to go afterwards, and what stands for something else as well.
 */
public final class Loans {

    /** The record itself, besides the scopes in it. */
    public static final String RECORD = "record";

    private final EntityManager em;

    public Loans(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * What a person lent.
     *
     * @param items what no other open loan covers
     */
    public record Loan(String userId, String clientUuid, Set<String> items) {}

    /** A loan whose code cannot be redeemed any more. */
    public record Ended(String realmId, String id) {}

    /** A granted scope as an item. */
    public static String item(ClientScopeModel scope, @Nullable String parameter) {
        return parameter == null ? scope.getId() : scope.getId() + ":" + parameter;
    }

    /** Everything that open loans of this user and client cover. */
    public Set<String> items(UserModel user, ClientModel client) {
        return open(user.getId(), client.getId()).stream()
                .flatMap(loan -> read(loan).stream())
                .collect(Collectors.toSet());
    }

    /** Opens a loan and answers with its id. */
    public String add(RealmModel realm, UserModel user, ClientModel client, Set<String> items, Instant endsAt) {
        LoanEntity loan = new LoanEntity();
        loan.id = KeycloakModelUtils.generateId();
        loan.realmId = realm.getId();
        loan.userId = user.getId();
        loan.clientUuid = client.getId();
        loan.items = written(items);
        loan.endsAt = endsAt.toEpochMilli();
        em.persist(loan);
        return loan.id;
    }

    /** The user grants these for good: no loan takes them away any more. */
    public void keep(UserModel user, ClientModel client, Set<String> items) {
        for (LoanEntity loan : open(user.getId(), client.getId())) {
            Set<String> left = read(loan);
            left.removeAll(items);
            if (left.isEmpty()) {
                em.remove(loan);
            } else {
                loan.items = written(left);
            }
        }
    }

    /** Closes a loan; empty where it is closed already. */
    public Optional<Loan> close(String id) {
        LoanEntity loan = em.find(LoanEntity.class, id);
        if (loan == null) {
            return Optional.empty();
        }
        em.remove(loan);
        em.flush();
        Set<String> items = read(loan);
        open(loan.userId, loan.clientUuid).forEach(other -> items.removeAll(read(other)));
        return Optional.of(new Loan(loan.userId, loan.clientUuid, items));
    }

    /** Forgets the loans of a consent that was taken back: there is nothing left to take away. */
    public void forget(UserModel user, ClientModel client) {
        em.createNamedQuery("mcpLoanForget")
                .setParameter("user", user.getId())
                .setParameter("client", client.getId())
                .executeUpdate();
    }

    /** Loans whose time is over. */
    public List<Ended> ended(Instant now, int max) {
        return em.createNamedQuery("mcpLoansEnded", Object[].class)
                .setParameter("now", now.toEpochMilli())
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new Ended((String) row[0], (String) row[1]))
                .toList();
    }

    private List<LoanEntity> open(String userId, String clientUuid) {
        return em.createNamedQuery("mcpLoansOfUser", LoanEntity.class)
                .setParameter("user", userId)
                .setParameter("client", clientUuid)
                .getResultList();
    }

    private static Set<String> read(LoanEntity loan) {
        return new LinkedHashSet<>(Arrays.asList(loan.items.split(" ")));
    }

    private static String written(Set<String> items) {
        return String.join(" ", new TreeSet<>(items));
    }
}
