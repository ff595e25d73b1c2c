package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
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
    private static final Duration SOON = Duration.ofSeconds(30);

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
        try (Visitor visitor = new Visitor(realm)) {
            visitor.goes(oauth.authorization(client, "http://localhost:4711/callback"));
            visitor.allowsOnce();
        }
        assertThat(series("keycloak_mcp_gate_total", "outcome=\"allowed_once\""))
                .endsWith(" 1.0");
        String elsewhere = oauth.registered("Elsewhere", "https://elsewhere.example.com/cb");
        Http.get(oauth.authorization(elsewhere, "https://elsewhere.example.com/cb")
                        .prompt("none")
                        .uri())
                .expect(400);
        assertThat(series("keycloak_mcp_gate_total", "outcome=\"error_shown\"")).endsWith(" 1.0");
        assertThat(Files.readString(Settings.docs().resolve("metrics.md")))
                .contains(List.of(
                        "keycloak_mcp_registrations_total",
                        "keycloak_mcp_gate_total",
                        "keycloak_mcp_decision_seconds",
                        "keycloak_mcp_software"));
    }

    @Test
    void countsHowItEnds() {
        try (TestRealm own = TestRealm.create(server, RealmTemplate.mcp());
                Visitor visitor = new Visitor(own)) {
            own.admission("admin-approval");
            String client = own.oauth().registered("Ending", "http://localhost/ending");
            String path =
                    "/mcp/software/" + own.get("/mcp/software").at("/0/id").asText();
            Authorization authorization = own.oauth()
                    .authorization(client, "http://localhost:4711/ending")
                    .scope("openid mcp:tools");
            own.send("POST", path + "/approve", "{}").expect(200);
            String code = visitor.goes(authorization).allows().code();
            own.send("POST", path + "/approve", "{\"limits\": {\"scopes\": [\"email\"]}}")
                    .expect(200);
            assertThat(own.oauth().exchange(authorization, code).status()).isEqualTo(400);
            for (String action : List.of("approve", "suspend", "deny")) {
                own.send("POST", path + "/" + action, "{}").expect(200);
                visitor.goes(own.oauth().authorization(client, "http://localhost:4711/ending"))
                        .denies();
            }
            for (String outcome : List.of(
                    "allowed", "no_token", "denied_by_user", "waiting", "not_approved_yet", "software_denied")) {
                assertThat(series(own, "keycloak_mcp_gate_total", "outcome=\"" + outcome + "\""))
                        .as(outcome)
                        .endsWith(" 1.0");
            }
            assertThat(series(own, "keycloak_mcp_decision_seconds_count", "action=\"deny\""))
                    .endsWith(" 1.0");
        }
    }

    /** Nothing that a client says makes a series. */
    @Test
    void hasAsManySeriesAfterAFlood() {
        try (TestRealm own = TestRealm.create(server, RealmTemplate.mcp())) {
            own.oauth().registered("Flood", "http://localhost/flood");
            own.oauth().register("{\"redirect_uris\": [\"javascript:alert(0)\"]}");
            long before = allSeries(own);
            for (int i = 1; i < 15; i++) {
                own.oauth().registered("Flood " + i, "http://localhost/flood" + i);
                own.oauth()
                        .register("{\"redirect_uris\": [\"javascript:alert(" + i + ")\"], \"client_name\": \"x" + i
                                + "\"}");
            }
            assertThat(before).isPositive();
            assertThat(allSeries(own)).isEqualTo(before);
        }
    }

    private long allSeries(TestRealm asked) {
        return server.metrics()
                .lines()
                .filter(line -> line.startsWith("keycloak_mcp_registrations")
                        && line.contains("realm=\"" + asked.name() + "\""))
                .count();
    }

    /** The line of a series of this realm; empty where there is none. */
    private String series(String name, String... tags) {
        return series(realm, name, tags);
    }

    private String series(TestRealm asked, String name, String... tags) {
        return server.metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("realm=\"" + asked.name() + "\""))
                .filter(line -> List.of(tags).stream().allMatch(line::contains))
                .findFirst()
                .orElse("");
    }

    private String id(String search) {
        return realm.get("/mcp/software?search=" + search).at("/0/id").asText();
    }
}
