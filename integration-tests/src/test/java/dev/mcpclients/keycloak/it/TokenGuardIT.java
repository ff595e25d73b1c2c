package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No token without an allowed authorization, whatever is switched off, missing, or asked for in another way. */
@KeycloakTest
final class TokenGuardIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String CLAUDE = "https://claude.ai/api/mcp/auth_callback";

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final String resource;
    private final Visitor visitor;

    TokenGuardIT(McpSetup setup) {
        realm = setup.realm();
        oauth = realm.oauth();
        resource = setup.resource().toString();
        visitor = new Visitor(realm);
    }

    @AfterEach
    void leave() {
        visitor.close();
        gate(true);
    }

    @Test
    void writesNothingToTheLogAboutTokensThatAreAsTheyShouldBe() {
        String client = client();
        String refreshToken =
                visitor.tokens(request(client)).path("refresh_token").asText();
        oauth.refresh(client, refreshToken).expect(200);

        assertThat(realm.server().log()).doesNotContain(client);
    }

    /** A30: without the required action Keycloak asks nothing and gives a code; it buys no token. */
    @Test
    void givesNoTokenWhileTheGateIsSwitchedOff() {
        gate(false);
        Authorization authorization = request(client());
        String code = consentsAtKeycloak(authorization);

        assertRefused(oauth.exchange(authorization, code), "invalid_grant");

        assertThat(realm.events("CODE_TO_TOKEN_ERROR").at("/0/details/reason").asText())
                .isEqualTo("gate_off");
    }

    @Test
    void givesNoTokenForACodeFromBeforeTheGateCameBack() {
        gate(false);
        Authorization authorization = request(client());
        String code = consentsAtKeycloak(authorization);
        gate(true);

        assertRefused(oauth.exchange(authorization, code), "invalid_grant");

        assertThat(realm.events("CODE_TO_TOKEN_ERROR").at("/0/details/reason").asText())
                .isEqualTo("no_allowance");
    }

    /** A31: an allowance waits for its code; it is for nothing else. */
    @Test
    void takesNoAllowanceForAnotherAuthorizationWithTheSameChallenge() {
        String client = client();
        Authorization allowed = request(client).scope("openid mcp:tools");
        visitor.goes(allowed).allows();
        gate(false);
        Authorization wider = allowed.scope("openid mcp:tools email");
        String code = consentsAtKeycloak(wider);
        gate(true);

        assertRefused(oauth.exchange(wider, code), "invalid_grant");

        assertThat(realm.events("CODE_TO_TOKEN_ERROR").at("/0/details/reason").asText())
                .isEqualTo("other_authorization");
    }

    @Test
    void takesAnAllowanceOnce() {
        Authorization authorization = request(client());
        oauth.exchange(authorization, visitor.goes(authorization).allows().code())
                .expect(200);
        gate(false);
        String code = visitor.goes(authorization).browser().awaitCallback().code();
        gate(true);

        assertRefused(oauth.exchange(authorization, code), "invalid_grant");
    }

    /** A30: what is missing or unreadable counts as pending. */
    @ParameterizedTest
    @ValueSource(strings = {"", "pending", "denied", "APPROVED", "yes"})
    void givesNoTokenWhereTheStateIsNotApproved(String state) {
        String client = client();
        Authorization authorization = request(client);
        String code = visitor.goes(authorization).allows().code();
        attribute(client, "mcp.state", state);

        assertRefused(oauth.exchange(authorization, code), "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pending", "denied"})
    void refreshesNothingWhereTheStateIsNotApproved(String state) {
        String client = client();
        JsonNode tokens = visitor.tokens(request(client));
        attribute(client, "mcp.state", state);

        assertRefused(oauth.refresh(client, tokens.path("refresh_token").asText()), "invalid_grant");

        attribute(client, "mcp.state", "approved");
        oauth.refresh(client, tokens.path("refresh_token").asText()).expect(200);
    }

    @Test
    void givesNoTokenWhenThePolicyIsGone() {
        String client = client();
        attribute(client, "mcp.state", "pending");
        JsonNode policy = realm.policy("anonymous");
        realm.delete("/components/" + policy.path("id").asText());
        try {
            assertThat(visitor.goes(request(client)).waits()).isTrue();
        } finally {
            ObjectNode again = policy.deepCopy();
            again.remove("id");
            realm.create("/components", again);
        }
    }

    /** A9 for clients that an admin or an import left without the PKCE attribute. */
    @ParameterizedTest
    @CsvSource({"plain, 0123456789012345678901234567890123456789012", "'', ''"})
    void givesNoCodeWithoutS256(String method, String challenge) {
        String client = client();
        attribute(client, "pkce.code.challenge.method", "");
        Authorization authorization = challenge.isEmpty()
                ? request(client).without("code_challenge").without("code_challenge_method")
                : request(client).with("code_challenge", challenge).with("code_challenge_method", method);

        assertThat(visitor.goes(authorization).browser().awaitCallback().error())
                .contains("invalid_request");
    }

    /** A1: a token with no user at all. */
    @Test
    void givesNoTokenToTheClientItself() {
        String client = client();
        ObjectNode confidential = realm.client(client).deepCopy();
        confidential
                .put("publicClient", false)
                .put("serviceAccountsEnabled", true)
                .put("secret", "s3cret");
        realm.put("/clients/" + confidential.path("id").asText(), confidential);

        HttpAnswer answer =
                oauth.token(Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", "s3cret"));

        assertRefused(answer, "unauthorized_client");
    }

    @Test
    void givesNoTokenForAPassword() {
        String client = client();
        enable(client, "directAccessGrantsEnabled");

        HttpAnswer answer = oauth.token(
                Map.of("grant_type", "password", "client_id", client, "username", "alice", "password", "alice"));

        assertThat(answer.status()).isBetween(400, 401);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @Test
    void givesNoTokenByImplicitOrHybridFlow() {
        String client = client();
        enable(client, "implicitFlowEnabled");
        for (String type : List.of("token", "id_token", "code id_token", "code token")) {
            Authorization authorization = request(client)
                    .with("response_type", type)
                    .with("nonce", "n")
                    .prompt("consent");

            visitor.goes(authorization);

            assertThat(visitor.browser().markup()).doesNotContain("access_token", "id_token=");
            assertThat(visitor.browser().callback().map(Object::toString).orElse(""))
                    .doesNotContain("access_token", "id_token=", "code=");
        }
    }

    /** A token of ours is no key to another token. */
    @Test
    void exchangesNoToken() {
        String client = client();
        String token = visitor.tokens(request(client)).path("access_token").asText();

        HttpAnswer answer = oauth.token(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id",
                client,
                "subject_token",
                token,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token"));
        assertThat(answer.status()).isBetween(400, 403);
        HttpAnswer uma = oauth.token(
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket",
                        "client_id", client,
                        "audience", resource),
                "Authorization",
                "Bearer " + token);
        assertThat(uma.status()).isBetween(400, 403);
    }

    /** A refresh token that no decision stands behind, as of a client that became ours later. */
    @Test
    void refreshesNothingThatNobodyAllowed() {
        realm.create(
                "/clients",
                Json.object(Map.of("clientId", "early", "publicClient", true, "redirectUris", List.of(CLAUDE))));
        Authorization authorization = oauth.authorization("early", CLAUDE).scope("openid");
        JsonNode tokens = oauth.exchange(
                        authorization,
                        visitor.goes(authorization).browser().awaitCallback().code())
                .expect(200)
                .json();
        attribute("early", "mcp.software", "some");
        attribute("early", "mcp.state", "approved");

        assertRefused(oauth.refresh("early", tokens.path("refresh_token").asText()), "invalid_grant");
        realm.delete("/clients/" + realm.client("early").path("id").asText());
    }

    @Test
    void refreshesForTheSoftwareThatWasAllowedOnly() {
        String client = client();
        JsonNode tokens = visitor.tokens(request(client));
        attribute(client, "mcp.software", "another");

        assertRefused(oauth.refresh(client, tokens.path("refresh_token").asText()), "invalid_grant");
    }

    @Test
    void answersBrowserClientsWithCorsWhenItRefuses() {
        storeRefreshErrors();
        String client = client();
        ObjectNode representation = realm.client(client).deepCopy();
        representation.putArray("webOrigins").add("http://localhost:6274");
        realm.put("/clients/" + representation.path("id").asText(), representation);
        JsonNode tokens = visitor.tokens(request(client));
        attribute(client, "mcp.state", "denied");

        HttpAnswer answer = oauth.token(
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        client,
                        "refresh_token",
                        tokens.path("refresh_token").asText()),
                "Origin",
                "http://localhost:6274");

        assertRefused(answer, "invalid_grant");
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("http://localhost:6274");
        JsonNode event = realm.events("REFRESH_TOKEN_ERROR").get(0);
        assertThat(event.path("clientId").asText()).isEqualTo(client);
        assertThat(event.at("/details/reason").asText()).isEqualTo("not_approved");
        assertThat(event.at("/details/mcp_state").asText()).isEqualTo("denied");
    }

    /** Two instances of one shared client log in at once in one browser: each has an allowance of its own. */
    @Test
    void letsTwoInstancesOfOneClientLogInAtOnce() {
        String client = client();
        Authorization one = request(client);
        Authorization other = oauth.authorization(client, "http://localhost:4712/callback")
                .resource(resource)
                .scope("openid mcp:tools");

        String codeOfOne = visitor.goes(one).allows().code();
        String codeOfOther = visitor.goes(other).allows().code();

        oauth.exchange(one, codeOfOne).expect(200);
        oauth.exchange(other, codeOfOther).expect(200);
    }

    /** Performance contract: no statement more than a client that is not ours, at code exchange and refresh. */
    @Test
    void costsNoStatementAtTheTokenEndpoint(Database database) {
        String ours = client();
        realm.create(
                "/clients",
                Json.object(Map.of(
                        "clientId",
                        "stock",
                        "publicClient",
                        true,
                        "consentRequired",
                        true,
                        "redirectUris",
                        List.of(LOOPBACK),
                        "attributes",
                        Map.of("pkce.code.challenge.method", "S256"))));
        Authorization warmUp = request(ours);
        visitor.tokens(warmUp);
        Authorization ofStock =
                oauth.authorization("stock", "http://localhost:4711/callback").scope("openid");
        visitor.goes(ofStock);
        visitor.browser().click("accept");
        oauth.exchange(ofStock, visitor.browser().awaitCallback().code()).expect(200);

        Costs ofOurs = Costs.HIGHEST;
        Costs stock = Costs.HIGHEST;
        for (int i = 0; i < 3; i++) {
            Authorization second = oauth.authorization("stock", "http://localhost:4711/callback")
                    .scope("openid");
            stock = stock.least(costs(
                    database,
                    second,
                    visitor.goes(second).browser().awaitCallback().code()));
            Authorization third = request(ours);
            ofOurs = ofOurs.least(
                    costs(database, third, visitor.goes(third).allows().code()));
        }

        assertThat(ofOurs.exchange()).isLessThanOrEqualTo(stock.exchange());
        assertThat(ofOurs.refresh()).isLessThanOrEqualTo(stock.refresh());
        realm.delete("/clients/" + realm.client("stock").path("id").asText());
    }

    /** Performance contract: at most three statements more than a client that is not ours and has its consent. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void costsThreeStatementsAtTheLoginToARememberedClient(boolean urlIsClientId, Database database) {
        String resource = urlIsClientId ? this.resource : "https://other.example.com/mcp";
        if (!urlIsClientId) {
            realm.create(
                    "/clients",
                    Json.object(Map.of("clientId", "other", "attributes", Map.of("resource_url", resource))));
        }
        String ours = oauth.registered("Claude " + UUID.randomUUID(), CLAUDE);
        realm.create(
                "/clients",
                Json.object(Map.of(
                        "clientId",
                        "plain",
                        "publicClient",
                        true,
                        "consentRequired",
                        true,
                        "redirectUris",
                        List.of(CLAUDE))));
        Authorization first = oauth.authorization("plain", CLAUDE).scope("openid");
        visitor.goes(first);
        visitor.browser().click("accept");
        oauth.exchange(first, visitor.browser().awaitCallback().code()).expect(200);
        Authorization ourFirst =
                oauth.authorization(ours, CLAUDE).resource(resource).scope("openid mcp:tools");
        visitor.tokens(ourFirst);

        Authorization plain = oauth.authorization("plain", CLAUDE).scope("openid");
        visitor.goes(plain);
        Authorization remembered =
                oauth.authorization(ours, CLAUDE).resource(resource).scope("openid mcp:tools");
        visitor.goes(remembered);
        List<String> stock =
                database.statements().fewest(() -> visitor.goes(plain).browser().awaitCallback());
        List<String> login = database.statements()
                .fewest(() -> visitor.goes(remembered).browser().awaitCallback());

        assertThat(withoutTimesOfUse(login))
                .hasSizeLessThanOrEqualTo(withoutTimesOfUse(stock).size() + 3);
        realm.delete("/clients/" + realm.client("plain").path("id").asText());
    }

    /** Statements of a code exchange and of the refresh after it. */
    private record Costs(int exchange, int refresh) {

        static final Costs HIGHEST = new Costs(Integer.MAX_VALUE, Integer.MAX_VALUE);

        /** What Keycloak does on its own schedule meanwhile adds to some runs. */
        Costs least(Costs other) {
            return new Costs(Math.min(exchange, other.exchange), Math.min(refresh, other.refresh));
        }
    }

    private Costs costs(Database database, Authorization authorization, String code) {
        JsonNode[] tokens = new JsonNode[1];
        List<String> exchange = database.statements()
                .during(() -> tokens[0] =
                        oauth.exchange(authorization, code).expect(200).json());
        List<String> refresh = database.statements().during(() -> oauth.refresh(
                        authorization.clientId(),
                        tokens[0].path("refresh_token").asText())
                .expect(200));
        return new Costs(
                withoutTimesOfUse(exchange).size(), withoutTimesOfUse(refresh).size());
    }

    private String client() {
        return oauth.registered("App " + UUID.randomUUID(), LOOPBACK);
    }

    private Authorization request(String client) {
        return oauth.authorization(client, "http://localhost:4711/callback")
                .resource(resource)
                .scope("openid mcp:tools");
    }

    /** What Keycloak does without the gate: it signs in, asks its own consent, gives a code. */
    private String consentsAtKeycloak(Authorization authorization) {
        visitor.goes(authorization);
        if (visitor.browser().offers("accept")) {
            visitor.browser().click("accept");
        }
        return visitor.browser().awaitCallback().code();
    }

    private void gate(boolean enabled) {
        ObjectNode action =
                realm.get("/authentication/required-actions/mcp-decision").deepCopy();
        action.put("enabled", enabled);
        realm.put("/authentication/required-actions/mcp-decision", action);
    }

    /**
     * Keycloak writes the time of a session's last use when a second has passed, whatever the client is. What counts is whether the
     * data of a session is written.
     */
    private static List<String> withoutTimesOfUse(List<String> statements) {
        return Stream.of("OFFLINE_USER_SESSION", "OFFLINE_CLIENT_SESSION")
                .filter(table -> statements.stream().noneMatch(sql -> sql.startsWith("update " + table + " set DATA=")))
                .reduce(
                        statements,
                        (left, table) -> left.stream()
                                .filter(sql -> !sql.contains(table))
                                .toList(),
                        (one, other) -> one);
    }

    /** Keycloak does not store events about refreshes unless told. */
    private void storeRefreshErrors() {
        ObjectNode config = realm.get("/events/config").deepCopy();
        config.withArray("enabledEventTypes").add("REFRESH_TOKEN_ERROR");
        realm.put("/events/config", config);
    }

    private void attribute(String clientId, String name, String value) {
        ObjectNode client = realm.client(clientId).deepCopy();
        client.withObject("/attributes").put(name, value);
        realm.put("/clients/" + client.path("id").asText(), client);
    }

    private void enable(String clientId, String flow) {
        ObjectNode client = realm.client(clientId).deepCopy();
        client.put(flow, true);
        realm.put("/clients/" + client.path("id").asText(), client);
    }

    private static void assertRefused(HttpAnswer answer, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.json().has("access_token")).isFalse();
    }
}
