package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user allowed is in the account console like everything else; taken back there, tokens and memory end. */
@KeycloakTest
final class TakingBackIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String CLAUDE = "https://claude.ai/api/mcp/auth_callback";

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final String resource;
    private final Database database;
    private final Visitor visitor;

    TakingBackIT(McpSetup setup, Database database) {
        realm = setup.realm();
        oauth = realm.oauth();
        resource = setup.resource().toString();
        this.database = database;
        visitor = new Visitor(realm);
    }

    @BeforeEach
    void letUsersDecide() {
        realm.admission("user-approval");
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {CLAUDE, LOOPBACK})
    void endsEverythingFromTheAccountConsole(String redirectUri) {
        Authorization authorization = request("Account " + redirectUri, redirectUri);
        JsonNode online = visitor.tokens(authorization);
        Authorization forLater = again(authorization).scope("openid mcp:tools offline_access");
        JsonNode offline = visitor.tokens(forLater);
        String account = accountToken();
        assertThat(applications(account)).contains(authorization.clientId());

        account("DELETE", "/applications/" + authorization.clientId() + "/consent", account)
                .expect(204);

        assertRefused(oauth.refresh(authorization.clientId(), text(online)));
        assertRefused(oauth.refresh(authorization.clientId(), text(offline)));
        assertThat(remembered(authorization)).isZero();
        assertThat(applications(account)).doesNotContain(authorization.clientId());
        visitor.goes(again(authorization));
        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.isAsked()).isTrue();
    }

    @Test
    void endsEverythingFromTheAdminConsole() {
        Authorization authorization = request("Admin", CLAUDE);
        JsonNode tokens = visitor.tokens(authorization);
        assertThat(remembered(authorization)).isOne();

        realm.delete("/users/" + user("alice") + "/consents/" + authorization.clientId());

        assertRefused(oauth.refresh(authorization.clientId(), text(tokens)));
        assertThat(remembered(authorization)).isZero();
        assertThat(visitor.goes(again(authorization)).isAsked()).isTrue();
    }

    /** One user's no is no other's, and no other software's. */
    @Test
    void leavesWhatIsNotTakenBack() {
        Authorization taken = request("Taken", CLAUDE);
        visitor.tokens(taken);
        Authorization kept = request("Kept", "https://claude.com/api/mcp/auth_callback");
        JsonNode tokens = visitor.tokens(kept);

        account("DELETE", "/applications/" + taken.clientId() + "/consent", accountToken())
                .expect(204);

        oauth.refresh(kept.clientId(), text(tokens)).expect(200);
        assertThat(remembered(kept)).isOne();
    }

    /** What was allowed once and not redeemed yet is taken back too. */
    @Test
    void endsWhatWasAllowedOnce() {
        Authorization once = request("Once", CLAUDE);
        String code = visitor.goes(once).allowsOnce().code();

        account("DELETE", "/applications/" + once.clientId() + "/consent", accountToken())
                .expect(204);

        assertThat(oauth.exchange(once, code).status()).isEqualTo(400);
        assertThat(database.number("select count(*) from mcp_loan where client_uuid = ?", uuid(once)))
                .isZero();
    }

    @Test
    void forgetsUsersAndClientsThatAreGone() {
        realm.create(
                "/users",
                Json.object(Map.of(
                        "username",
                        "carol",
                        "enabled",
                        true,
                        "email",
                        "carol@example.com",
                        "firstName",
                        "Carol",
                        "lastName",
                        "Clark",
                        "credentials",
                        List.of(Map.of("type", "password", "value", "carol")))));
        String carol = user("carol");
        Authorization authorization = request("Gone", CLAUDE);
        visitor.tokens(authorization);
        visitor.browser().clearCookies();
        visitor.browser().open(again(authorization).uri());
        visitor.browser().signIn("carol", "carol");
        visitor.allows();
        visitor.browser().clearCookies();
        visitor.browser().open(again(authorization).scope("openid").uri());
        visitor.browser().signIn("alice", "alice");
        assertThat(remembered(authorization)).isEqualTo(2);

        realm.delete("/users/" + carol);
        assertThat(remembered(authorization)).isOne();

        String uuid = uuid(authorization);
        realm.delete("/clients/" + uuid);
        assertThat(database.number("select count(*) from mcp_allowance where client_uuid = ?", uuid))
                .isZero();
    }

    private Authorization request(String name, String redirectUri) {
        return oauth.authorization(oauth.registered(name, redirectUri), redirectUri)
                .resource(resource)
                .scope("openid mcp:tools");
    }

    private Authorization again(Authorization authorization) {
        return oauth.authorization(authorization.clientId(), authorization.redirectUri())
                .resource(resource)
                .scope("openid mcp:tools");
    }

    private static String text(JsonNode tokens) {
        return tokens.path("refresh_token").asText();
    }

    private static void assertRefused(HttpAnswer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
    }

    private long remembered(Authorization authorization) {
        return database.number("select count(*) from mcp_allowance where client_uuid = ?", uuid(authorization));
    }

    private String uuid(Authorization authorization) {
        return realm.client(authorization.clientId()).path("id").asText();
    }

    private String user(String name) {
        return realm.get("/users?exact=true&username=" + name).at("/0/id").asText();
    }

    /** A token of alice for the account console's own REST interface. */
    private String accountToken() {
        if (realm.get("/clients?clientId=account-test").isEmpty()) {
            realm.create(
                    "/clients",
                    Json.object(Map.of(
                            "clientId", "account-test",
                            "publicClient", true,
                            "directAccessGrantsEnabled", true,
                            "fullScopeAllowed", true)));
        }
        return oauth.token(Map.of(
                        "grant_type", "password",
                        "client_id", "account-test",
                        "username", "alice",
                        "password", "alice"))
                .expect(200)
                .json()
                .path("access_token")
                .asText();
    }

    private List<String> applications(String token) {
        return account("GET", "/applications", token).expect(200).json().findValuesAsText("clientId");
    }

    private HttpAnswer account(String method, String path, String token) {
        URI uri = realm.url("/account" + path);
        return Http.send(method, uri, "", "Authorization", "Bearer " + token, "Accept", "application/json");
    }
}
