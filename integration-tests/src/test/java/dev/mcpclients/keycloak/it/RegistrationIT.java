package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registration endpoint: what gets in, what is stored, what is answered. */
@KeycloakTest
final class RegistrationIT {

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final Database database;

    RegistrationIT(TestRealm realm, OAuthClient oauth, Database database) {
        this.realm = realm;
        this.oauth = oauth;
        this.database = database;
    }

    @BeforeEach
    void letUsersDecide() {
        realm.admission("user-approval");
    }

    private static String metadata(String name, String... redirectUris) {
        return Json.object(Map.of("client_name", name, "redirect_uris", List.of(redirectUris)))
                .toString();
    }

    @Test
    void registersAPublicClientFromAFixedTemplate() {
        JsonNode answer = oauth.register(metadata("Template", "http://127.0.0.1:4711/cb"))
                .expect(201)
                .json();
        assertThat(answer.path("redirect_uris")).hasSize(1);
        assertThat(answer.at("/redirect_uris/0").asText()).isEqualTo("http://127.0.0.1:4711/cb");
        assertThat(answer.path("token_endpoint_auth_method").asText()).isEqualTo("none");
        assertThat(answer.has("registration_access_token")).isFalse();
        assertThat(answer.has("client_secret")).isFalse();

        JsonNode client = realm.client(answer.path("client_id").asText());
        assertThat(client.path("publicClient").asBoolean()).isTrue();
        assertThat(client.path("standardFlowEnabled").asBoolean()).isTrue();
        assertThat(client.path("implicitFlowEnabled").asBoolean()).isFalse();
        assertThat(client.path("directAccessGrantsEnabled").asBoolean()).isFalse();
        assertThat(client.path("serviceAccountsEnabled").asBoolean()).isFalse();
        assertThat(client.path("consentRequired").asBoolean()).isTrue();
        assertThat(client.path("fullScopeAllowed").asBoolean()).isFalse();
        assertThat(client.path("webOrigins")).isEmpty();
        assertThat(client.at("/attributes/pkce.code.challenge.method").asText()).isEqualTo("S256");
        assertThat(texts(client.path("optionalClientScopes"))).contains("mcp:tools", "offline_access");
        assertThat(texts(client.path("defaultClientScopes"))).contains("basic", "profile", "email");
    }

    @Test
    void givesTheSameClientToEveryInstanceOfTheSameSoftware() {
        JsonNode first = oauth.register(metadata("Same", "http://localhost:1111/cb"))
                .expect(201)
                .json();
        Map<String, Long> rows = database.rowCounts();
        JsonNode second = oauth.register(metadata("Same", "http://127.0.0.1:2222/cb"))
                .expect(201)
                .json();
        assertThat(second.path("client_id")).isEqualTo(first.path("client_id"));
        assertThat(second.at("/redirect_uris/0").asText()).isEqualTo("http://127.0.0.1:2222/cb");
        Map<String, Long> after = database.rowCounts();
        assertThat(after.get("client")).isEqualTo(rows.get("client"));
        assertThat(after.get("mcp_software")).isEqualTo(rows.get("mcp_software"));
    }

    @Test
    void simultaneousRegistrationsOfTheSameSoftwareEndInOneClient() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 5; round++) {
                String body = metadata("Race " + round, "http://localhost/cb");
                List<Callable<HttpAnswer>> calls = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    calls.add(() -> oauth.register(body));
                }
                TreeSet<String> ids = new TreeSet<>();
                for (Future<HttpAnswer> answer : callers.invokeAll(calls)) {
                    ids.add(answer.get().expect(201).json().path("client_id").asText());
                }
                assertThat(ids).hasSize(1);
                assertThat(database.number("select count(*) from mcp_software where name = ?", "Race " + round))
                        .isEqualTo(1);
                assertThat(database.number("select count(*) from client where name = ?", "Race " + round))
                        .isEqualTo(1);
            }
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void costsFewStatements() {
        oauth.registered("Warm", "http://localhost/warm");
        Iterator<String> names =
                List.of("Counted", "Counted too", "Counted again").iterator();
        List<String> first = database.statements().fewest(() -> oauth.registered(names.next(), "http://localhost/cb"));
        List<String> repeat = database.statements().fewest(() -> oauth.registered("Counted", "http://localhost:1/cb"));
        assertThat(repeat).hasSizeLessThanOrEqualTo(3);
        assertThat(first).hasSizeLessThanOrEqualTo(25);
    }

    @Test
    void ignoresUnknownMembersAndReportsRepairs() {
        JsonNode answer = oauth.register(
                        """
                        {"client_name": "Cursor-like", "brand_new_member": {"a": 1},
                         "redirect_uris": ["http://evil.example/cb", "http://localhost:8787/callback"],
                         "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
                         "scope": "mcp:tools admin:everything"}""")
                .expect(201)
                .json();
        assertThat(texts(answer.path("redirect_uris"))).containsExactly("http://localhost:8787/callback");
        assertThat(texts(answer.path("grant_types"))).containsExactly("authorization_code", "refresh_token");
        assertThat(answer.path("scope").asText()).isEqualTo("mcp:tools");
        assertThat(String.join("\n", texts(answer.path("mcp_repairs"))))
                .contains("http://evil.example/cb", "device_code", "admin:everything");
    }

    @Test
    void refusesInTheWordsOfRfc7591WithCorsAndAnEvent() {
        HttpAnswer answer =
                oauth.register(metadata("Bad", "http://evil.example/cb"), "Origin", "http://localhost:6274");
        answer.expect(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_redirect_uri");
        assertThat(answer.json().path("error_description").asText()).contains("http://evil.example/cb", "RFC 8252");
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("http://localhost:6274");
        assertThat(answer.header("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(realm.events("CLIENT_REGISTER_ERROR")
                        .get(0)
                        .at("/details/reason")
                        .asText())
                .isEqualTo("REDIRECT_URI_HTTP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "[]", "{\"redirect_uris\": \"http://localhost/cb\"}", "{} trailing", "\"text\""})
    void refusesBodiesThatAreNoMetadata(String body) {
        Map<String, Long> rows = database.rowCounts();
        HttpAnswer answer = oauth.register(body).expect(400);
        assertThat(answer.json().path("error").asText()).isIn("invalid_client_metadata", "invalid_redirect_uri");
        assertThat(withoutEvents(database.rowCounts())).isEqualTo(withoutEvents(rows));
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        HttpAnswer answer = oauth.register("{\"client_name\": \"" + "x".repeat(100_000) + "\"}")
                .expect(413);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_client_metadata");
    }

    @Test
    void makesAnOwnClientForASecret() {
        JsonNode answer = oauth.register(
                        """
                        {"client_name": "Claude", "redirect_uris": ["https://claude.ai/api/mcp/auth_callback"],
                         "token_endpoint_auth_method": "client_secret_post"}""")
                .expect(201)
                .json();
        assertThat(answer.path("client_secret").asText()).isNotEmpty();
        assertThat(answer.path("client_secret_expires_at").asLong()).isZero();
        String token = answer.path("registration_access_token").asText();
        String uri = answer.path("registration_client_uri").asText();
        JsonNode read = Http.get(java.net.URI.create(uri), "Authorization", "Bearer " + token)
                .expect(200)
                .json();
        assertThat(read.path("client_id")).isEqualTo(answer.path("client_id"));
        assertThat(Http.get(java.net.URI.create(uri)).status()).isEqualTo(401);
    }

    @Test
    void preflightAllowsTheProtocolVersionHeader() {
        HttpAnswer answer = Http.options(
                realm.url("/clients-registrations/mcp"),
                "Origin",
                "http://localhost:6274",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type,mcp-protocol-version");
        answer.expect(200);
        assertThat(String.join(",", answer.headers().allValues("Access-Control-Allow-Headers")))
                .containsIgnoringCase("MCP-Protocol-Version")
                .containsIgnoringCase("Content-Type");
    }

    @Test
    void aBrowserClientGetsItsLoopbackOrigin() {
        JsonNode answer = oauth.register(
                        metadata("Inspector-like", "http://localhost:6274/oauth/callback"),
                        "Origin",
                        "http://localhost:6274")
                .expect(201)
                .json();
        assertThat(texts(realm.client(answer.path("client_id").asText()).path("webOrigins")))
                .containsExactly("http://localhost:6274");
    }

    /** ChatGPT has a redirect URI for each connection: one product, one client, every connection's address. */
    @Test
    void addsTheRedirectUriOfAnotherConnectionToTheSharedClient() {
        String first = oauth.registered("ChatGPT", "https://chatgpt.com/connector/oauth/One1-aaaa");
        String second = oauth.registered("ChatGPT", "https://chatgpt.com/connector/oauth/Two2-bbbb");
        assertThat(second).isEqualTo(first);
        assertThat(texts(realm.client(first).path("redirectUris")))
                .containsExactlyInAnyOrder(
                        "https://chatgpt.com/connector/oauth/One1-aaaa",
                        "https://chatgpt.com/connector/oauth/Two2-bbbb");
    }

    @Test
    void goesWithTheClientAndTheRealm() {
        String clientId = oauth.registered("Goes", "http://localhost/goes");
        realm.delete("/clients/" + realm.client(clientId).path("id").asText());
        assertThat(database.number(
                        "select count(*) from mcp_client c join mcp_software s on s.id = c.software_id where s.name = ?",
                        "Goes"))
                .isZero();
        assertThat(oauth.registered("Goes", "http://localhost/goes")).isNotEqualTo(clientId);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, Long> withoutEvents(Map<String, Long> counts) {
        counts.remove("event_entity");
        return counts;
    }
}
