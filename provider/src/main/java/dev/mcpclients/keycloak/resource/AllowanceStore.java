package dev.mcpclients.keycloak.resource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Where allowances wait for their codes: Keycloak's store of single-use objects, where the codes themselves are. It is shared by the
 * cluster, forgets by itself, gives an entry out once, and costs no statement.
 *
 * <p>Not a note of the client session: those are re-used between authorizations and never cleared, and removing one at the token
 * endpoint would write the session to the database (Keycloak 26.7).
 */
public final class AllowanceStore {

    private static final String ENTRY = "allowance";

    private final KeycloakSession session;

    public AllowanceStore(KeycloakSession session) {
        this.session = session;
    }

    /** Keeps an allowance for the code of the authorization that carries this PKCE challenge. */
    public void put(ClientModel client, String codeChallenge, Allowance allowance) {
        String user = allowance.authorization().user();
        session.singleUseObjects()
                .put(key(client, user, codeChallenge), longestLogin(), Map.of(ENTRY, allowance.written()));
    }

    /** That allowance, which stays where it is. */
    Optional<Allowance> find(ClientModel client, String user, String codeChallenge) {
        return Optional.ofNullable(session.singleUseObjects().get(key(client, user, codeChallenge)))
                .flatMap(entry -> Allowance.read(entry.get(ENTRY)));
    }

    /** When an allowance that is put now has ended without its code. */
    public Instant end() {
        return Instant.ofEpochMilli(Time.currentTimeMillis()).plusSeconds(longestLogin());
    }

    /** Gives that allowance out, once. */
    Optional<Allowance> take(ClientModel client, String user, String codeChallenge) {
        return Optional.ofNullable(session.singleUseObjects().remove(key(client, user, codeChallenge)))
                .flatMap(entry -> Allowance.read(entry.get(ENTRY)));
    }

    /** In seconds: from the decision to the code other required actions may follow; then the code has its own lifespan. */
    private long longestLogin() {
        RealmModel realm = session.getContext().getRealm();
        return (long) realm.getAccessCodeLifespanLogin()
                + realm.getAccessCodeLifespanUserAction()
                + realm.getAccessCodeLifespan();
    }

    private static String key(ClientModel client, String user, String codeChallenge) {
        String form = client.getId() + '\n' + user + '\n' + codeChallenge;
        return "mcp.allowance."
                + Base64Url.encode(HashUtils.hash(JavaAlgorithm.SHA256, form.getBytes(StandardCharsets.UTF_8)));
    }
}
