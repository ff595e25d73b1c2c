package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Jwt;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an approval is limited to holds at the screen, at the code and at every refresh, also when it comes later. */
@KeycloakTest
final class LimitsIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String FILES = "https://files.example.com/";

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final String resource;

    private Visitor visitor;
    private String client = "";
    private String software = "";

    LimitsIT(McpSetup setup) {
        realm = setup.realm();
        oauth = realm.oauth();
        resource = setup.resource().toString();
        visitor = new Visitor(realm);
    }

    @BeforeEach
    void register() {
        visitor = new Visitor(realm);
        realm.admission("admin-approval");
        String name = "App " + UUID.randomUUID();
        client = oauth.registered(name, LOOPBACK);
        software = realm.get("/mcp/software?search=" + name.replace(" ", "%20"))
                .at("/0/id")
                .asText();
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void onlyMembersOfTheGroupsGetIn() {
        String parent = realm.create("/groups", Json.object(Map.of("name", "staff-" + software)));
        String group = realm.create("/groups/" + parent + "/children", Json.object(Map.of("name", "developers")));
        approve("{\"groups\": [\"/staff-%s\"]}".formatted(software));

        assertThat(visitor.goes(request()).isAsked()).isFalse();
        assertThat(visitor.browser().text()).contains("members of these groups only", "staff-" + software);
        assertThat(visitor.denies().error()).contains("access_denied");

        String alice = realm.get("/users?exact=true&username=alice").at("/0/id").asText();
        realm.send("PUT", "/users/" + alice + "/groups/" + group, "{}").expect(204);
        JsonNode tokens = visitor.tokens(request());
        tokens = refresh(tokens).expect(200).json();

        realm.delete("/users/" + alice + "/groups/" + group);
        HttpAnswer outside = refresh(tokens);
        assertRefused(outside, "invalid_grant");
        assertThat(outside.json().path("error_description").asText())
                .isEqualTo("This client is not approved for this user");
        realm.send("PUT", "/users/" + alice + "/groups/" + group, "{}").expect(204);
        refresh(tokens).expect(200);
        realm.delete("/users/" + alice + "/groups/" + group);
        assertThat(visitor.goes(request()).isAsked()).isFalse();
    }

    @Test
    void aCodeIsNoWayAroundLimitsThatCameAfterIt() {
        String group = realm.create("/groups", Json.object(Map.of("name", "late-" + software)));
        approve("{}");
        Authorization authorization = request();
        String code = visitor.goes(authorization).allows().code();
        approve("{\"groups\": [\"%s\"]}".formatted(group));
        assertRefused(oauth.exchange(authorization, code), "invalid_grant");

        approve("{}");
        Authorization wide = request();
        String second = visitor.goes(wide).allows().code();
        approve("{\"scopes\": [\"email\"]}");
        assertRefused(oauth.exchange(wide, second), "invalid_grant");
    }

    @Test
    void tokensAreForTheResourcesOnly() {
        filesServer();
        approve("{\"resources\": [\"%s\"]}".formatted(resource));
        JsonNode tokens = visitor.tokens(request());
        assertThat(audience(tokens)).containsExactly(resource);
        assertThat(visitor.goes(request().resource(FILES))
                        .browser()
                        .awaitCallback()
                        .error())
                .contains("invalid_target");

        approve("{\"resources\": [\"%s\"]}".formatted(FILES));
        JsonNode narrowed = refresh(tokens).expect(200).json();
        assertThat(audience(narrowed)).isEmpty();

        approve("{}");
        JsonNode restored = refresh(narrowed).expect(200).json();
        assertThat(audience(restored)).containsExactly(resource);

        approve("{\"resources\": [\"%s\"]}".formatted(FILES));
        assertRefused(refreshFor(restored, resource), "invalid_target");
    }

    @Test
    void scopesAreTakenOutOfRequestsAndRefreshes() {
        approve("{\"scopes\": [\"mcp:tools\"]}");
        Authorization wide = request().scope("openid mcp:tools offline_access");
        visitor.goes(wide);
        assertThat(visitor.browser().text()).doesNotContain("when you are not there");
        JsonNode tokens =
                oauth.exchange(wide, visitor.allows().code()).expect(200).json();
        assertThat(scopes(tokens)).contains("mcp:tools").doesNotContain("offline_access");
        assertThat(tokenType(tokens)).isEqualTo("Refresh");

        approve("{\"scopes\": [\"offline_access\"]}");
        JsonNode narrowed = refresh(tokens).expect(200).json();
        assertThat(scopes(narrowed)).contains("openid").doesNotContain("mcp:tools");
        assertThat(narrowed.path("scope").asText().split(" ")).doesNotContain("mcp:tools");
        JsonNode again = refresh(narrowed).expect(200).json();
        assertThat(scopes(again)).doesNotContain("mcp:tools");
    }

    @Test
    void anOfflineTokenEndsWhereOfflineAccessIsNotAmongTheScopes() {
        approve("{}");
        JsonNode tokens = visitor.tokens(request().scope("openid mcp:tools offline_access"));
        assertThat(tokenType(tokens)).isEqualTo("Offline");
        approve("{\"scopes\": [\"mcp:tools\", \"offline_access\"]}");
        tokens = refresh(tokens).expect(200).json();
        assertThat(scopes(tokens)).contains("mcp:tools");

        approve("{\"scopes\": [\"mcp:tools\"]}");
        assertRefused(refresh(tokens), "invalid_grant");
    }

    @Test
    void anApprovalEndsAtItsDate() {
        approve("{}");
        JsonNode[] tokens = {visitor.tokens(request())};
        approve(until(Duration.ofHours(1)));
        HttpAnswer[] last = {refresh(tokens[0])};
        tokens[0] = last[0].expect(200).json();
        // A date that has passed when the request arrives is refused: a slow machine takes another.
        Await.until(
                "an approval that ends soon",
                Duration.ofSeconds(25),
                () -> send("approve", until(Duration.ofSeconds(3))).status() == 200);

        Await.until("the approval ends", Duration.ofSeconds(25), () -> {
            last[0] = refresh(tokens[0]);
            if (last[0].status() == 200) {
                tokens[0] = last[0].json();
            }
            return last[0].status() != 200;
        });

        assertRefused(last[0], "invalid_grant");
        assertThat(visitor.goes(request()).waits()).isTrue();
        JsonNode ended = realm.get("/mcp/software/" + software);
        assertThat(ended.path("expired").asBoolean()
                        || ended.path("state").asText().equals("pending"))
                .isTrue();
        approve("{}");
        visitor.browser().reload();
        assertThat(visitor.isAsked()).isTrue();
    }

    /** A31: what the person is looking at has changed under the page. */
    @Test
    void anAnswerCountsForWhatTheLimitsLeave() {
        approve("{}");
        visitor.goes(request().scope("openid mcp:tools offline_access"));
        assertThat(visitor.browser().text()).contains("when you are not there");
        approve("{\"scopes\": [\"mcp:tools\"]}");

        visitor.browser().click("mcp-allow");

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text()).doesNotContain("when you are not there");
        assertThat(visitor.allows().code()).isNotEmpty();
    }

    @Test
    void aLimitNamesWhatIsThere() {
        for (String limits : List.of(
                "{\"groups\": [\"/nobody\"]}",
                "{\"groups\": [\"\"]}",
                "{\"resources\": [\"https://unknown.example.com/\"]}",
                "{\"scopes\": [\"no:such\"]}",
                "{\"scopes\": [null]}",
                "{\"until\": \"soon\"}",
                "{\"until\": \"2020-01-01\"}")) {
            HttpAnswer answer = send("approve", limits);
            assertThat(answer.status()).as(limits).isEqualTo(400);
            assertThat(answer.json().path("errorMessage").asText()).as(limits).isNotEmpty();
        }
        assertThat(send("deny", "{\"scopes\": [\"mcp:tools\"]}").status()).isEqualTo(400);
    }

    private Authorization request() {
        return oauth.authorization(client, "http://localhost:4711/callback").scope("openid mcp:tools");
    }

    private static String until(Duration fromNow) {
        return "{\"until\": \"%s\"}".formatted(Instant.now().plus(fromNow));
    }

    private void approve(String limits) {
        send("approve", limits).expect(200);
    }

    private HttpAnswer send(String action, String limits) {
        return realm.send("POST", "/mcp/software/" + software + "/" + action, "{\"limits\": " + limits + "}");
    }

    private HttpAnswer refresh(JsonNode tokens) {
        return oauth.refresh(client, tokens.path("refresh_token").asText());
    }

    private HttpAnswer refreshFor(JsonNode tokens, String wanted) {
        return oauth.refresh(client, tokens.path("refresh_token").asText(), wanted);
    }

    private void filesServer() {
        realm.create(
                "/clients",
                Json.object(Map.of(
                        "clientId", "files", "secret", "files-secret", "attributes", Map.of("resource_url", FILES))));
    }

    private static List<String> audience(JsonNode tokens) {
        return Jwt.audience(tokens.path("access_token").asText());
    }

    private static List<String> scopes(JsonNode tokens) {
        return List.of(Jwt.claims(tokens.path("access_token").asText())
                .path("scope")
                .asText()
                .split(" "));
    }

    private static String tokenType(JsonNode tokens) {
        return Jwt.claims(tokens.path("refresh_token").asText()).path("typ").asText();
    }

    private static void assertRefused(HttpAnswer answer, String error) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
    }
}
