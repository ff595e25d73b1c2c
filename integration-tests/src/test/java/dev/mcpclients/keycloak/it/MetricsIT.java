package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.Settings;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a monitoring system reads, and what happens by itself when its day comes. */
@KeycloakTest
final class MetricsIT {

    /** The gauges and the deadlines are seen to every 15 and 30 seconds. */
    private static final Duration SOON = Duration.ofSeconds(75);

    private final KeycloakServer server;
    private final TestRealm realm;
    private final OAuthClient oauth;
    private final Database database;

    MetricsIT(KeycloakServer server, TestRealm realm, OAuthClient oauth, Database database) {
        this.server = server;
        this.realm = realm;
        this.oauth = oauth;
        this.database = database;
    }

    @Test
    void countsRegistrationsDecisionsAndWhatHappensAtTheGate() throws IOException {
        realm.admission("admin-approval");
        String client = oauth.registered("Measured", "http://localhost/callback");
        oauth.registered("Measured", "http://localhost:1/callback");
        assertThat(oauth.register("{\"redirect_uris\": [\"javascript:alert(1)\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(series("keycloak_mcp_registrations_total", "door=\"anonymous\"", "outcome=\"new\""))
                .endsWith(" 1.0");
        assertThat(series("keycloak_mcp_registrations_total", "door=\"anonymous\"", "outcome=\"repeat\""))
                .endsWith(" 1.0");
        assertThat(series("keycloak_mcp_registrations_total", "door=\"anonymous\"", "outcome=\"refused\""))
                .endsWith(" 1.0");

        try (Visitor visitor = new Visitor(realm)) {
            assertThat(visitor.goes(oauth.authorization(client, "http://localhost:4711/callback"))
                            .waits())
                    .isTrue();
        }
        assertThat(series("keycloak_mcp_gate_total", "outcome=\"waiting\"")).endsWith(" 1.0");

        Await.until("the gauge shows what waits", SOON, () -> series("keycloak_mcp_software", "state=\"pending\"")
                .endsWith(" 1.0"));
        realm.send("POST", "/mcp/software/" + id("measured") + "/approve", "{}").expect(200);
        assertThat(series("keycloak_mcp_decision_seconds_count", "action=\"approve\""))
                .endsWith(" 1.0");
        try (Visitor visitor = new Visitor(realm)) {
            visitor.tokens(oauth.authorization(client, "http://localhost:4711/callback"));
        }
        assertThat(series("keycloak_mcp_gate_total", "outcome=\"allowed\"")).endsWith(" 1.0");
        assertThat(Files.readString(Settings.docs().resolve("metrics.md")))
                .contains(List.of(
                        "keycloak_mcp_registrations_total",
                        "keycloak_mcp_gate_total",
                        "keycloak_mcp_decision_seconds",
                        "keycloak_mcp_software"));
    }

    @Test
    void endsApprovalsAndForgetsRequestsWhenTheirDayComes() {
        realm.admission("admin-approval");
        oauth.registered("Dated", "http://localhost/dated");
        String client = oauth.registered("Asked for", "http://localhost/callback");
        try (Visitor visitor = new Visitor(realm)) {
            visitor.goes(oauth.authorization(client, "http://localhost:4711/callback"));
        }
        String dated = id("dated");
        String asked = id("asked");
        assertThat(realm.get("/mcp/software/" + asked).path("requests")).hasSize(1);
        database.execute("update mcp_request set asked_at = %d where software_id = '%s'"
                .formatted(Instant.now().minus(Duration.ofDays(31)).toEpochMilli(), asked));
        realm.send(
                        "POST",
                        "/mcp/software/" + dated + "/approve",
                        "{\"limits\": {\"until\": \"%s\"}}"
                                .formatted(Instant.now().plusSeconds(3)))
                .expect(200);

        Await.until(
                "the approval ends",
                SOON,
                () -> realm.get("/mcp/software/" + dated).path("state").asText().equals("pending"));
        assertThat(realm.get("/mcp/software/" + dated + "/decisions")
                        .at("/0/action")
                        .asText())
                .isEqualTo("expire");
        assertThat(realm.get("/mcp/software/" + dated).has("limits")).isFalse();
        assertThat(realm.events("CLIENT_UPDATE").toString()).contains("\"mcp_action\":\"expire\"", dated);
        Await.until("the request is forgotten", SOON, () -> realm.get("/mcp/software/" + asked)
                .path("requests")
                .isEmpty());
        assertThat(realm.get("/mcp/software/" + asked).path("state").asText()).isEqualTo("pending");
    }

    /** The line of a series of this realm; empty where there is none. */
    private String series(String name, String... tags) {
        return server.metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("realm=\"" + realm.name() + "\""))
                .filter(line -> List.of(tags).stream().allMatch(line::contains))
                .findFirst()
                .orElse("");
    }

    private String id(String search) {
        return realm.get("/mcp/software?search=" + search).at("/0/id").asText();
    }
}
