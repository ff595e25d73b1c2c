package dev.mcpclients.keycloak.it.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Callback;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.On;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.ServerKind;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A realm that never had our component answers as without our JARs, to the byte: the same script is played to both servers,
 * and what each answered, with the values of {@link Masks} masked, must be equal in status, headers and body.
 */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StockCompareIT {

    private static final String NAME = "plain";
    private static final String REALM = "/realms/" + NAME;
    private static final String OIDC = REALM + "/protocol/openid-connect/";
    private static final String CLIENTS = REALM + "/clients-registrations/";
    private static final String REDIRECT = "https://app.example.com/cb";
    private static final String CLIENT = "{\"client_name\":\"Some App\",\"redirect_uris\":[\"" + REDIRECT + "\"]}";

    /** A PKCE pair; the visits use it again and again, so that both sides send the same. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final TestRealm ours;
    private final TestRealm stock;

    StockCompareIT(KeycloakServer ours, @On(ServerKind.STOCK) KeycloakServer stock) {
        ObjectNode representation = plainRealm(stock);
        this.ours = TestRealm.create(ours, representation);
        this.stock = TestRealm.create(stock, representation);
    }

    @AfterAll
    void deleteRealms() {
        ours.close();
        stock.close();
    }

    @Test
    void bothDiscoveryDocumentsInBothUrlForms() {
        assertEqualAnswers(visit -> {
            visit.get(REALM + "/.well-known/openid-configuration");
            visit.get(REALM + "/.well-known/oauth-authorization-server");
            visit.get("/.well-known/openid-configuration" + REALM);
            visit.get("/.well-known/oauth-authorization-server" + REALM);
        });
    }

    @Test
    void discoveryFromABrowser() {
        assertEqualAnswers(visit -> {
            String path = REALM + "/.well-known/oauth-authorization-server";
            visit.get(path, "Origin", "http://localhost:6274", "MCP-Protocol-Version", "2025-06-18");
            preflight(visit, path, "GET");
        });
    }

    @Test
    void otherPublicDocuments() {
        assertEqualAnswers(visit -> {
            visit.get(REALM);
            visit.get(REALM + "/.well-known/uma2-configuration");
            visit.get(REALM + "/.well-known/nonsense");
        });
    }

    @Test
    void anonymousRegistration() {
        assertEqualAnswers(visit -> {
            register(visit, "openid-connect", CLIENT);
            register(visit, "openid-connect", "{\"redirect_uris\":[\"" + REDIRECT + "\"],\"unknown\":1}");
            register(visit, "openid-connect", "not json");
            register(visit, "default", "{\"clientId\":\"anonymous\",\"attributes\":{\"mcp.state\":\"approved\"}}");
            register(visit, "saml2-entity-descriptor", "<xml/>");
            preflight(visit, CLIENTS + "openid-connect", "POST");
        });
    }

    @Test
    void registrationAtOurDoor() {
        assertEqualAnswers(visit -> {
            register(visit, "mcp", CLIENT);
            register(visit, "mcp", "not json");
            register(visit, "mcp", CLIENT, bearer("not-a-jwt"));
            visit.get(CLIENTS + "mcp");
            preflight(visit, CLIENTS + "mcp", "POST");
        });
    }

    @Test
    void registrationWithInitialAccessTokenAndItsManagement() {
        assertEqualAnswers(visit -> {
            String token = visit.realm()
                    .send("POST", "/clients-initial-access", "{\"count\":10,\"expiration\":600}")
                    .json()
                    .path("token")
                    .asText();
            register(
                    visit,
                    "default",
                    "{\"clientId\":\"by-token\",\"attributes\":{\"resource_url\":\"https://mcp.example.com/mcp\"}}",
                    bearer(token));
            JsonNode client = register(visit, "openid-connect", CLIENT, bearer(token))
                    .expect(201)
                    .json();
            String own =
                    URI.create(client.path("registration_client_uri").asText()).getPath();
            HttpAnswer read = visit.get(own, bearer(registrationToken(client)));
            ObjectNode update = Json.object(read.body()).put("client_name", "Another name");
            update.remove(List.of("registration_access_token", "registration_client_uri"));
            HttpAnswer updated =
                    visit.send("PUT", own, update.toString(), json(bearer(registrationToken(read.json()))));
            visit.send("DELETE", own, "", bearer(registrationToken(updated.json())));
            register(visit, "openid-connect", CLIENT, bearer("not-a-jwt"));
        });
    }

    @Test
    void signIn() {
        assertEqualAnswers(visit -> {
            HttpAnswer page = visit.get(authorize("public", Map.of("scope", "openid")));
            HttpAnswer again = visit.submit(page, Map.of("username", "alice", "password", "wrong"));
            useTokens(visit, "public", visit.submit(again, Map.of("username", "alice", "password", "alice")));
            // Signed in already: no page.
            visit.get(authorize("public", Map.of("scope", "openid", "prompt", "none")));
            String resource = "https://mcp.example.com/mcp";
            useTokens(
                    visit,
                    "public",
                    visit.get(authorize("public", Map.of("scope", "openid offline_access", "resource", resource))));
        });
    }

    @Test
    void signInWithConsent() {
        assertEqualAnswers(visit -> {
            HttpAnswer page = visit.get(authorize("consent", Map.of("scope", "openid")));
            HttpAnswer consent = visit.follow(visit.submit(page, Map.of("username", "bob", "password", "bob")));
            useTokens(visit, "consent", visit.submit(consent, Map.of("accept", "Yes")));
            HttpAnswer asked = visit.follow(visit.get(authorize("consent", Map.of("prompt", "consent"))));
            visit.submit(asked, Map.of("cancel", "No"));
        });
    }

    @Test
    void signInWithTheIdOfOurAction() {
        assertEqualAnswers(visit -> {
            HttpAnswer page = visit.get(authorize("public", Map.of("kc_action", "mcp-decision")));
            visit.submit(page, Map.of("username", "alice", "password", "alice"));
        });
    }

    @Test
    void refusedAuthorization() {
        assertEqualAnswers(visit -> {
            visit.get(authorize("nobody", Map.of("scope", "openid")));
            visit.get(authorize("public", Map.of("prompt", "none")));
            visit.get(authorize("public", Map.of("scope", "unknown")));
            visit.get(authorize("public", Map.of("redirect_uri", "https://evil.example/cb")));
        });
    }

    @Test
    void tokenEndpoint() {
        assertEqualAnswers(visit -> {
            visit.postForm(
                    OIDC + "token", Map.of("grant_type", "authorization_code", "client_id", "public", "code", "none"));
            visit.postForm(
                    OIDC + "token", Map.of("grant_type", "refresh_token", "client_id", "public", "refresh_token", "x"));
            visit.postForm(OIDC + "token", Map.of("grant_type", "client_credentials", "client_id", "nobody"));
            String token = visit.postForm(
                            OIDC + "token",
                            Map.of(
                                    "grant_type", "client_credentials",
                                    "client_id", "service",
                                    "client_secret", "service-secret",
                                    "resource", "https://mcp.example.com/mcp"))
                    .expect(200)
                    .json()
                    .path("access_token")
                    .asText();
            visit.note(token);
            visit.postForm(
                    OIDC + "token/introspect",
                    Map.of("token", token, "client_id", "service", "client_secret", "service-secret"));
            preflight(visit, OIDC + "token", "POST");
        });
    }

    @Test
    void deviceFlow() {
        assertEqualAnswers(visit -> {
            JsonNode device = visit.postForm(OIDC + "auth/device", Map.of("client_id", "public", "scope", "openid"))
                    .expect(200)
                    .json();
            visit.get(URI.create(device.path("verification_uri_complete").asText()));
            visit.postForm(
                    OIDC + "token",
                    Map.of(
                            "grant_type", "urn:ietf:params:oauth:grant-type:device_code",
                            "client_id", "public",
                            "device_code", device.path("device_code").asText()));
        });
    }

    /** The comparison is worth something: with our component a realm does not answer as stock Keycloak. */
    @Test
    void realmThatRegistersMcpClientsIsToldApart() {
        try (TestRealm registering = TestRealm.create(ours.server(), RealmTemplate.mcp())) {
            assertThat(registrationEndpoint(registering)).isEqualTo("mcp");
            assertThat(registrationEndpoint(ours)).isEqualTo("openid-connect");
        }
    }

    private static String registrationEndpoint(TestRealm realm) {
        String endpoint = Http.get(realm.url("/.well-known/oauth-authorization-server"))
                .json()
                .path("registration_endpoint")
                .asText();
        return endpoint.substring(endpoint.lastIndexOf('/') + 1);
    }

    private void assertEqualAnswers(Consumer<Visit> script) {
        Visit atStock = new Visit(stock);
        script.accept(atStock);
        Visit atOurs = new Visit(ours);
        script.accept(atOurs);
        assertThat(atOurs.transcript()).hasSameSizeAs(atStock.transcript());
        for (int i = 0; i < atStock.transcript().size(); i++) {
            assertThat(atOurs.transcript().get(i))
                    .isEqualTo(atStock.transcript().get(i));
        }
    }

    private static void useTokens(Visit visit, String clientId, HttpAnswer redirect) {
        String code = new Callback(URI.create(redirect.header("Location").orElse(""))).code();
        HttpAnswer tokens = visit.postForm(
                        OIDC + "token",
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", clientId,
                                "redirect_uri", REDIRECT,
                                "code_verifier", VERIFIER,
                                "code", code))
                .expect(200);
        note(visit, tokens.json());
        String refresh = tokens.json().path("refresh_token").asText();
        HttpAnswer refreshed = visit.postForm(
                        OIDC + "token",
                        Map.of("grant_type", "refresh_token", "client_id", clientId, "refresh_token", refresh))
                .expect(200);
        note(visit, refreshed.json());
        visit.get(
                OIDC + "userinfo", bearer(refreshed.json().path("access_token").asText()));
    }

    private static void note(Visit visit, JsonNode tokens) {
        for (String name : List.of("access_token", "refresh_token", "id_token")) {
            visit.note(tokens.path(name).asText());
        }
    }

    private static String authorize(String clientId, Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("scope", "openid");
        parameters.put("state", "the-state");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.putAll(more);
        return OIDC + "auth?" + Http.encode(parameters);
    }

    private static HttpAnswer register(Visit visit, String door, String body, String... headers) {
        return visit.send("POST", CLIENTS + door, body, json(headers));
    }

    private static void preflight(Visit visit, String path, String method) {
        visit.send(
                "OPTIONS",
                path,
                "",
                "Origin",
                "http://localhost:6274",
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "content-type,mcp-protocol-version");
    }

    private static String registrationToken(JsonNode client) {
        return client.path("registration_access_token").asText();
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static String[] json(String... more) {
        String[] headers = new String[more.length + 2];
        headers[0] = "Content-Type";
        headers[1] = "application/json";
        System.arraycopy(more, 0, headers, 2, more.length);
        return headers;
    }

    /**
     * A realm whose client scopes carry ids, so that both servers list them in the same order: Keycloak draws ids where a
     * representation has none, and keeps scopes in an order that follows from them.
     */
    private static ObjectNode plainRealm(KeycloakServer stock) {
        ObjectNode realm = RealmTemplate.mcp().withoutExtension().named(NAME);
        try (TestRealm draft = TestRealm.create(stock, realm)) {
            JsonNode drawn =
                    draft.send("POST", "/partial-export", "").expect(200).json();
            for (String scopes : List.of("clientScopes", "defaultDefaultClientScopes", "defaultOptionalClientScopes")) {
                realm.set(scopes, drawn.path(scopes));
            }
        }
        realm.withObject("/attributes").remove("CreateDefaultClientScopes");
        realm.withArray("/clients")
                .add(Json.object(Map.of(
                        "clientId",
                        "public",
                        "publicClient",
                        true,
                        "redirectUris",
                        List.of(REDIRECT),
                        "attributes",
                        Map.of("oauth2.device.authorization.grant.enabled", "true"))))
                .add(Json.object(Map.of(
                        "clientId",
                        "consent",
                        "publicClient",
                        true,
                        "consentRequired",
                        true,
                        "redirectUris",
                        List.of(REDIRECT))))
                .add(Json.object(Map.of(
                        "clientId",
                        "service",
                        "secret",
                        "service-secret",
                        "serviceAccountsEnabled",
                        true,
                        "standardFlowEnabled",
                        false)));
        return realm;
    }
}
