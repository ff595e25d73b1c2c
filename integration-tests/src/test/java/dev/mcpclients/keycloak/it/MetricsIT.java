package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.Settings;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
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

    MetricsIT(KeycloakServer server, TestRealm realm, OAuthClient oauth) {
        this.server = server;
        this.realm = realm;
        this.oauth = oauth;
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
    void countsHowItEnds() {
        realm.admission("admin-approval");
        String client = oauth.registered("Ending", "http://localhost/ending");
        String path = "/mcp/software/" + id("ending");
        realm.send("POST", path + "/approve", "{}").expect(200);
        try (Visitor visitor = new Visitor(realm)) {
            JsonNode tokens = visitor.tokens(oauth.authorization(client, "http://localhost:4711/ending"));
            visitor.goes(oauth.authorization(client, "http://localhost:4711/ending"));
            visitor.denies();
            realm.send("POST", path + "/suspend", "{}").expect(200);
            visitor.goes(oauth.authorization(client, "http://localhost:4711/ending"));
            visitor.denies();
            realm.send("POST", path + "/deny", "{}").expect(200);
            visitor.goes(oauth.authorization(client, "http://localhost:4711/ending"));
            visitor.denies();
            assertThat(oauth.refresh(client, tokens.path("refresh_token").asText())
                            .status())
                    .isEqualTo(400);
        }
        for (String outcome :
                List.of("allowed", "denied_by_user", "waiting", "not_approved_yet", "software_denied", "no_token")) {
            assertThat(series("keycloak_mcp_gate_total", "outcome=\"" + outcome + "\""))
                    .as(outcome)
                    .isNotEmpty();
        }
        assertThat(series("keycloak_mcp_decision_seconds_count", "action=\"deny\""))
                .endsWith(" 1.0");
    }

    /** Nothing that a client says makes a series. */
    @Test
    void hasAsManySeriesAfterAFlood() {
        realm.admission("admin-approval");
        oauth.registered("Flood", "http://localhost/flood");
        oauth.register("{\"redirect_uris\": [\"javascript:alert(0)\"]}");
        long before = seriesOfTheRealm();
        for (int i = 1; i < 15; i++) {
            oauth.registered("Flood " + i, "http://localhost/flood" + i);
            oauth.register("{\"redirect_uris\": [\"javascript:alert(" + i + ")\"], \"client_name\": \"x" + i + "\"}");
        }
        assertThat(before).isPositive();
        assertThat(seriesOfTheRealm()).isEqualTo(before);
    }

    private long seriesOfTheRealm() {
        return server.metrics()
                .lines()
                .filter(line -> line.startsWith("keycloak_mcp_registrations")
                        && line.contains("realm=\"" + realm.name() + "\""))
                .count();
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
