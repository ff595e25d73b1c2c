package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that a realm lists are given to those whose redirect URIs they have, and travel with the realm. */
@KeycloakTest
final class PreregisteredIT {

    private static final String CLAUDE = "https://claude.ai/api/mcp/auth_callback";
    private static final String WEB = "https://listed.example/cb";
    private static final String SECURE_LOOPBACK = "https://localhost:8443/cb";

    private final TestRealm realm;
    private final OAuthClient oauth;

    PreregisteredIT(TestRealm realm, OAuthClient oauth) {
        this.realm = realm;
        this.oauth = oauth;
    }

    @BeforeEach
    void closed() {
        realm.admission("admin-approval");
    }

    @Test
    void aRegistrationWithItsRedirectUrisReceivesAPublicOne() {
        realm.create("/clients", listed("acme-agent", "Acme Agent", true, WEB, SECURE_LOOPBACK));
        realm.admission("closed");
        JsonNode answer = oauth.register(registration("Whatever it says", WEB))
                .expect(201)
                .json();
        assertThat(answer.path("client_id").asText()).isEqualTo("acme-agent");
        assertThat(answer.path("mcp_state").asText()).isEqualTo("approved");
        assertThat(answer.has("client_secret")).isFalse();
        JsonNode client = realm.client("acme-agent");
        assertThat(client.path("name").asText()).isEqualTo("Acme Agent");
        assertThat(client.at("/attributes/mcp.software").asText()).isNotEmpty();

        assertThat(oauth.registered("Again", WEB, SECURE_LOOPBACK)).isEqualTo("acme-agent");
        assertThat(realm.get("/mcp/software?" + Http.encode(Map.of("search", "Acme Agent"))))
                .hasSize(1);
        Http.get(oauth.authorization("acme-agent", SECURE_LOOPBACK).uri()).expect(200);
        assertThat(oauth.register(registration("More", WEB, "https://evil.example/cb"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aDecisionAboutItHolds() {
        realm.create("/clients", listed("denied-agent", "Denied Agent", true, "https://denied.example/cb"));
        oauth.registered("x", "https://denied.example/cb");
        String id = realm.get("/mcp/software?" + Http.encode(Map.of("search", "Denied Agent")))
                .get(0)
                .path("id")
                .asText();
        realm.send("POST", "/mcp/software/" + id + "/deny", "{}").expect(200);
        oauth.register(registration("x", "https://denied.example/cb")).expect(400);
    }

    @Test
    void aConfidentialOneIsGivenToNobody() {
        realm.create("/clients", listed("vault-agent", "Vault Agent", false, "https://vault.example/cb"));
        assertThat(oauth.registered("Vault Agent", "https://vault.example/cb")).isNotEqualTo("vault-agent");
    }

    /** Whoever registers first may leave out what proves less. */
    @Test
    void itsEvidenceIsThatOfTheWeakestOfItsOwnRedirectUris() {
        realm.create("/clients", listed("mixed-agent", "Mixed Agent", true, CLAUDE, "http://localhost/mixed"));

        assertThat(oauth.registered("x", CLAUDE)).isEqualTo("mixed-agent");

        // No evidence is no attribute.
        assertThat(realm.client("mixed-agent").path("attributes").has("mcp.evidence"))
                .isFalse();
        assertThat(realm.get("/mcp/software?" + Http.encode(Map.of("search", "Mixed Agent")))
                        .at("/0/evidence")
                        .asText())
                .isEqualTo("none");
    }

    @Test
    void nothingIsWavedThrough() {
        realm.create("/clients", listed("empty-agent", "Empty Agent", true));
        Http.get(oauth.authorization("empty-agent", WEB).uri()).expect(400);
        Http.get(oauth.authorization("nobody-knows", WEB).uri()).expect(400);
        assertThat(oauth.register(registration("Empty Agent"))
                        .expect(400)
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("invalid_redirect_uri");
    }

    @Test
    void itTravelsWithTheRealm(KeycloakServer server) {
        ObjectNode file = RealmTemplate.mcp().named("travels-" + realm.name());
        file.withArray("/clients").add(listed("moved-agent", "Moved Agent", true, "http://localhost/moved"));
        try (TestRealm imported = TestRealm.create(server, file)) {
            assertThat(imported.oauth().registered("Moved", "http://localhost:4711/moved"))
                    .isEqualTo("moved-agent");
            JsonNode exported = Json.parse(imported.send("POST", "/partial-export?exportClients=true", "")
                    .expect(200)
                    .body());
            JsonNode client = StreamSupport.stream(exported.path("clients").spliterator(), false)
                    .filter(candidate -> candidate.path("clientId").asText().equals("moved-agent"))
                    .findFirst()
                    .orElseThrow();
            assertThat(client.at("/attributes/mcp.preregistered").asText()).isEqualTo("true");
            assertThat(client.at("/redirectUris/0").asText()).isEqualTo("http://localhost/moved");
        }
    }

    /** A realm that has counted nothing yet. */
    @Test
    void itCountsAsTheFirstSoftwareOfARealm(KeycloakServer server) {
        try (TestRealm fresh = TestRealm.create(server, RealmTemplate.mcp())) {
            fresh.create("/clients", listed("first-agent", "First Agent", true, "https://first.example/cb"));
            assertThat(fresh.oauth().registered("First", "https://first.example/cb"))
                    .isEqualTo("first-agent");
            assertThat(fresh.get("/mcp/software/count"))
                    .isEqualTo(Json.parse("{\"pending\": 0, \"approved\": 1, \"denied\": 0}"));
            String id = fresh.get("/mcp/software").at("/0/id").asText();
            fresh.send("POST", "/mcp/software/" + id + "/deny", "{}").expect(200);
            assertThat(fresh.get("/mcp/software/count"))
                    .isEqualTo(Json.parse("{\"pending\": 0, \"approved\": 0, \"denied\": 1}"));
        }
    }

    private static ObjectNode listed(String id, String name, boolean isPublic, String... redirectUris) {
        ObjectNode client = Json.object(Map.of(
                "clientId", id,
                "name", name,
                "publicClient", isPublic,
                "redirectUris", List.of(redirectUris),
                "attributes", Map.of("mcp.preregistered", "true", "pkce.code.challenge.method", "S256")));
        if (!isPublic) {
            client.put("secret", "${vault.vault-agent}");
        }
        return client;
    }

    private static String registration(String name, String... redirectUris) {
        return Json.object(Map.of("client_name", name, "redirect_uris", List.of(redirectUris)))
                .toString();
    }
}
