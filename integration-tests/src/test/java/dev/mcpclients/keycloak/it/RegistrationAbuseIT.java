package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker tries at the registration endpoint: each request is one that stock Keycloak accepts, or fails at with a 500. */
@KeycloakTest
final class RegistrationAbuseIT {

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final Database database;

    RegistrationAbuseIT(TestRealm realm, OAuthClient oauth, Database database) {
        this.realm = realm;
        this.oauth = oauth;
        this.database = database;
    }

    private static ObjectNode app(String name, String... redirectUris) {
        return Json.object(Map.of("client_name", name, "redirect_uris", List.of(redirectUris)));
    }

    /** A1 */
    @Test
    void noClientLivesWithoutAUser() {
        ObjectNode request = app("Robot", "https://robot.example/cb");
        request.putArray("grant_types").add("client_credentials");
        request.put("token_endpoint_auth_method", "client_secret_basic");
        assertRefused(request.toString(), "invalid_client_metadata", "client_credentials");

        request.withArray("/grant_types").add("authorization_code");
        JsonNode registered = oauth.register(request.toString()).expect(201).json();
        JsonNode client = realm.client(registered.path("client_id").asText());
        assertThat(client.path("serviceAccountsEnabled").asBoolean()).isFalse();
        HttpAnswer token = oauth.token(Map.of(
                "grant_type", "client_credentials",
                "client_id", registered.path("client_id").asText(),
                "client_secret", registered.path("client_secret").asText()));
        assertThat(token.status()).isBetween(400, 401);
    }

    /** A6, A7, A8 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://*",
                "*",
                "https://evil.example/*",
                "https://claude.ai@evil.example/cb",
                "http://localhost.evil.example/cb",
                "http://127.0.0.1.nip.io/cb",
                "http://evil.example/cb",
                "https://evil.example/cb#fragment",
                "https://evil.example/../cb",
                "https://evil.example/cb?next=https://worse.example",
                "https:\\\\evil.example\\cb",
                "https://evil.example\u202e/cb",
                "https://198.51.100.7/cb",
                "javascript:alert(1)",
                "vbscript:msgbox",
                "file:///etc/passwd",
                "blob:https://evil.example/x",
                "about:blank",
                "data:text/html,x",
                "myapp:/cb",
            })
    void noDangerousRedirectUriIsStored(String redirectUri) {
        HttpAnswer refused =
                oauth.register(app("Redirector", redirectUri).toString()).expect(400);
        assertThat(refused.json().path("error").asText()).isEqualTo("invalid_redirect_uri");

        // Beside one that is allowed it is left out, and the answer says so.
        JsonNode repaired = oauth.register(
                        app("Redirector " + redirectUri.hashCode(), "http://127.0.0.1/cb", redirectUri)
                                .toString())
                .expect(201)
                .json();
        assertThat(repaired.path("redirect_uris")).hasSize(1);
        assertThat(repaired.path("mcp_repairs")).isNotEmpty();
        assertThat(database.number("select count(*) from redirect_uris where value = ?", redirectUri))
                .isZero();
    }

    /** A11, A12 */
    @ParameterizedTest
    @ValueSource(strings = {"${client_account}", "<b>bold</b>", "a\u202eb", "a\u200bb", "&lt;a href=x&gt;", "a\u0000b"})
    void aHostileNameIsMadeHarmlessWhereItIsStored(String name) {
        JsonNode registered = oauth.register(
                        app(name, "http://127.0.0.1/hostile-" + name.hashCode()).toString())
                .expect(201)
                .json();
        String stored =
                realm.client(registered.path("client_id").asText()).path("name").asText();
        assertThat(stored).isNotBlank().doesNotContain("${", "\u202e", "\u200b", "\u0000", "&lt;a", "<b>");
    }

    /** A11, A12, A14 */
    @Test
    void sizesAreBoundedBeforeTheDatabaseSeesThem() {
        oauth.register(app("x".repeat(10_000), "http://127.0.0.1/long-name").toString())
                .expect(201);
        assertRefused(
                app(
                                "Many",
                                IntStream.range(0, 500)
                                        .mapToObj(i -> "https://a.example/" + i)
                                        .toArray(String[]::new))
                        .toString(),
                "invalid_redirect_uri",
                "redirect URIs");
        assertRefused(
                app("Long", "https://a.example/" + "x".repeat(5_000)).toString(), "invalid_redirect_uri", "too long");
    }

    /** A13, A29: the first registrant decides nothing for those who come after. */
    @Test
    void aSharedClientIsMadeFromItsFingerprintAlone() {
        ObjectNode request = app("Everybody's", "http://127.0.0.1/everybody");
        request.put("logo_uri", "https://evil.example/pixel.png")
                .put("backchannel_logout_uri", "https://evil.example/logout")
                .put("frontchannel_logout_uri", "https://evil.example/logout")
                .put("sector_identifier_uri", "https://evil.example/sector")
                .put("subject_type", "pairwise")
                .put("initiate_login_uri", "https://evil.example/login")
                .put("id_token_signed_response_alg", "none")
                .put("userinfo_signed_response_alg", "RS256")
                .put("dpop_bound_access_tokens", true)
                .put("require_pushed_authorization_requests", true)
                .put("jwks_uri", "https://evil.example/jwks");
        request.putArray("request_uris").add("https://evil.example/request");
        request.putArray("post_logout_redirect_uris").add("https://evil.example/after");
        JsonNode first = oauth.register(request.toString()).expect(201).json();
        assertThat(first.path("mcp_repairs")).hasSizeGreaterThan(5);

        JsonNode second = oauth.register(
                        app("Everybody's", "http://127.0.0.1/everybody").toString())
                .expect(201)
                .json();
        assertThat(second.path("client_id")).isEqualTo(first.path("client_id"));
        assertThat(second.toString()).doesNotContain("evil.example");
        JsonNode client = realm.client(first.path("client_id").asText());
        assertThat(client.toString()).doesNotContain("evil.example");
        assertThat(client.path("attributes").toString()).doesNotContain("dpop", "require.pushed", "signed.response");
    }

    /** A27 */
    @Test
    void aProvedUriBesideAForeignOneProvesNothing() {
        JsonNode registered = oauth.register(
                        app("Claude", "https://claude.ai/api/mcp/auth_callback", "https://evil.example/cb")
                                .toString())
                .expect(201)
                .json();
        assertThat(realm.client(registered.path("client_id").asText())
                        .at("/attributes/mcp.evidence")
                        .asText())
                .isEqualTo("domain");
    }

    /** A10, from one caller: repeats add nothing. */
    @Test
    void hundredsOfRepeatsAddNoRow() {
        String body = app("Again and again", "http://localhost/again").toString();
        oauth.register(body).expect(201);
        long rows = database.number("select count(*) from client");
        for (int i = 0; i < 190; i++) {
            oauth.register(body).expect(201);
        }
        assertThat(database.number("select count(*) from client")).isEqualTo(rows);
    }

    private void assertRefused(String body, String error, String said) {
        HttpAnswer answer = oauth.register(body).expect(400);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.json().path("error_description").asText()).contains(said);
    }
}
