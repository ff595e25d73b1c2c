package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.Callback;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Allowed once is one access token: nothing to renew it, no consent that stays, no memory. */
@KeycloakTest
final class AllowOnceIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String CLAUDE = "https://claude.ai/api/mcp/auth_callback";

    private final McpSetup setup;
    private final TestRealm realm;
    private final OAuthClient oauth;
    private final Visitor visitor;
    private final Visitor sameUserElsewhere;

    AllowOnceIT(McpSetup setup) {
        this.setup = setup;
        realm = setup.realm();
        oauth = realm.oauth();
        visitor = new Visitor(realm);
        sameUserElsewhere = new Visitor(realm);
    }

    @BeforeEach
    void letUsersDecide() {
        realm.admission("user-approval");
    }

    @AfterEach
    void leave() {
        visitor.close();
        sameUserElsewhere.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOOPBACK, CLAUDE})
    void givesAnAccessTokenAndNothingToRenewIt(String redirectUri, Database database) {
        Authorization authorization =
                request(client("Once", redirectUri), redirectUri, "openid mcp:tools offline_access");

        Callback callback = visitor.goes(authorization).allowsOnce();
        assertThat(consents(authorization)).isNotEmpty();
        JsonNode tokens =
                oauth.exchange(authorization, callback.code()).expect(200).json();

        assertThat(tokens.has("refresh_token")).isFalse();
        assertThat(tokens.path("refresh_expires_in").asInt()).isZero();
        assertThat(tokens.path("scope").asText()).contains("mcp:tools").doesNotContain("offline_access");
        setup.callTool(tokens.path("access_token").asText(), "whoami", Map.of()).expect(200);
        assertThat(consents(authorization)).isEmpty();
        assertThat(offlineSessions(authorization)).isEmpty();
        assertThat(rows(database, "mcp_allowance", authorization)).isZero();
        assertThat(rows(database, "mcp_loan", authorization)).isZero();
        assertThat(realm.events("LOGIN").at("/0/details/mcp_outcome").asText()).isEqualTo("allowed_once");
    }

    /** A realm may give every new client offline access unasked; a client of ours has to ask, so that a person can decline. */
    @Test
    void leavesNoOfflineSessionWhereTheRealmGivesOfflineAccessToEverybody() {
        String scope = scope("offline_access");
        realm.delete("/default-optional-client-scopes/" + scope);
        realm.put("/default-default-client-scopes/" + scope, Json.object(Map.of()));
        try {
            String client = client("Once offline", LOOPBACK);
            Authorization plain = request(client, LOOPBACK, "openid mcp:tools");
            oauth.exchange(plain, visitor.goes(plain).allowsOnce().code()).expect(200);
            Authorization asking = request(client, LOOPBACK, "openid mcp:tools offline_access");
            oauth.exchange(asking, visitor.goes(asking).allowsOnce().code()).expect(200);
            assertThat(offlineSessions(asking)).isEmpty();

            Authorization allowed = request(client, LOOPBACK, "openid mcp:tools offline_access");
            oauth.exchange(allowed, visitor.goes(allowed).allows().code()).expect(200);
            assertThat(offlineSessions(allowed)).hasSize(1);
        } finally {
            realm.delete("/default-default-client-scopes/" + scope);
            realm.put("/default-optional-client-scopes/" + scope, Json.object(Map.of()));
        }
    }

    @Test
    void asksAgainWhereAnAllowWouldBeRemembered() {
        Authorization once = request(client("Once more", CLAUDE), CLAUDE, "openid mcp:tools");
        visitor.goes(once);
        oauth.exchange(once, visitor.allowsOnce().code()).expect(200);

        visitor.goes(again(once));

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.isAsked()).isTrue();
    }

    @Test
    void takesNothingAwayThatWasAllowedBefore() {
        Authorization allowed = request(client("Before", CLAUDE), CLAUDE, "openid mcp:tools");
        JsonNode tokens = visitor.tokens(allowed);
        List<String> before = consents(allowed);
        Authorization more = oauth.authorization(allowed.clientId(), CLAUDE)
                .resource(setup.resource().toString())
                .scope("openid mcp:tools profile email");

        visitor.goes(more.prompt("consent"));
        oauth.exchange(more.prompt("consent"), visitor.allowsOnce().code()).expect(200);

        assertThat(consents(allowed)).containsExactlyElementsOf(before);
        Authorization silent = again(allowed);
        oauth.exchange(silent, visitor.goes(silent).browser().awaitCallback().code())
                .expect(200);
        oauth.refresh(allowed.clientId(), tokens.path("refresh_token").asText()).expect(200);
    }

    /** Two programs on the computer, one shared client: the first code that is redeemed ends only its own consent. */
    @Test
    void isCountedForEachAuthorization() {
        Authorization one = request(client("Twice", LOOPBACK), LOOPBACK, "openid mcp:tools");
        Authorization other = again(one);
        String first = visitor.goes(one).allowsOnce().code();
        String second = sameUserElsewhere.goes(other).allowsOnce().code();

        oauth.exchange(one, first).expect(200);
        assertThat(consents(one)).isNotEmpty();
        oauth.exchange(other, second).expect(200);

        assertThat(consents(one)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesWhatAnotherInstanceWasAllowedMeanwhile(boolean onceFirst) {
        Authorization once = request(client("Meanwhile " + onceFirst, LOOPBACK), LOOPBACK, "openid mcp:tools");
        Authorization good = again(once);
        String code;
        JsonNode tokens;
        if (onceFirst) {
            code = visitor.goes(once).allowsOnce().code();
            tokens = sameUserElsewhere.tokens(good);
        } else {
            tokens = sameUserElsewhere.tokens(good);
            code = visitor.goes(once).allowsOnce().code();
        }

        oauth.exchange(once, code).expect(200);

        assertThat(consents(once)).isNotEmpty();
        oauth.refresh(good.clientId(), tokens.path("refresh_token").asText()).expect(200);
    }

    /** The consent stands until the code can no longer be redeemed, and no longer. */
    @Test
    void endsWhereTheCodeIsNeverRedeemed(Database database) {
        Authorization authorization = request(client("Never", LOOPBACK), LOOPBACK, "openid mcp:tools");
        visitor.goes(authorization).allowsOnce();
        assertThat(rows(database, "mcp_loan", authorization)).isOne();

        database.execute("update mcp_loan set ends_at = 1");

        Await.until("the consent has ended", Duration.ofSeconds(45), () -> consents(authorization)
                .isEmpty());
        assertThat(rows(database, "mcp_loan", authorization)).isZero();
    }

    @Test
    void isNoWayPastAnApprover() {
        realm.admission("admin-approval");
        visitor.goes(request(client("Waits", LOOPBACK), LOOPBACK, "openid mcp:tools"));
        assertThat(visitor.waits()).isTrue();

        Forms.of(visitor).post(Map.of("answer", "once"));

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.waits()).isTrue();
    }

    /** A code that was allowed once is redeemed once, like every code. */
    @Test
    void isNotRedeemedTwice() {
        Authorization authorization = request(client("Replayed", LOOPBACK), LOOPBACK, "openid mcp:tools");
        String code = visitor.goes(authorization).allowsOnce().code();
        oauth.exchange(authorization, code).expect(200);

        HttpAnswer again = oauth.exchange(authorization, code);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.json().path("error").asText()).isEqualTo("invalid_grant");
    }

    private String client(String name, String redirectUri) {
        return oauth.registered(name, redirectUri);
    }

    private Authorization request(String client, String redirectUri, String scope) {
        return oauth.authorization(client, redirectUri)
                .resource(setup.resource().toString())
                .scope(scope);
    }

    private Authorization again(Authorization authorization) {
        return request(authorization.clientId(), authorization.redirectUri(), "openid mcp:tools");
    }

    private JsonNode offlineSessions(Authorization authorization) {
        return realm.get("/users/" + alice() + "/offline-sessions/"
                + realm.client(authorization.clientId()).path("id").asText());
    }

    private String scope(String name) {
        return StreamSupport.stream(realm.get("/client-scopes").spliterator(), false)
                .filter(scope -> scope.path("name").asText().equals(name))
                .map(scope -> scope.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    private String alice() {
        return realm.get("/users?username=alice&exact=true").at("/0/id").asText();
    }

    /** What Keycloak has on record, sorted; the admin console and the account console show the same. */
    private List<String> consents(Authorization authorization) {
        List<String> scopes = new ArrayList<>();
        for (JsonNode consent : realm.get("/users/" + alice() + "/consents")) {
            if (consent.path("clientId").asText().equals(authorization.clientId())) {
                scopes.add("on record");
                consent.path("grantedClientScopes").forEach(scope -> scopes.add(scope.asText()));
            }
        }
        return scopes.stream().sorted().toList();
    }

    private long rows(Database database, String table, Authorization authorization) {
        return database.number(
                "select count(*) from " + table + " where client_uuid = ?",
                realm.client(authorization.clientId()).path("id").asText());
    }
}
