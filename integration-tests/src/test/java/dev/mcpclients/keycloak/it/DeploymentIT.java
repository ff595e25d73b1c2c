package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.Deployment;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Kcadm;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.Settings;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server as {@code docker/} deploys it, without containers: {@code kc.sh build}, {@code start --optimized} on PostgreSQL, TLS at
 * a reverse proxy. It begins with all that the doctor knows to be wrong with a server, and is mended by his commands.
 */
@KeycloakTest
final class DeploymentIT {

    private static final String PROVIDER = "keycloak-mcp-clients.jar";
    private static final String THEMES = "keycloak-mcp-clients-themes.jar";

    private final Database database;
    private final Path home;

    DeploymentIT(Database database, @TempDir Path home) {
        this.database = database;
        this.home = home;
    }

    @Test
    void isMendedAndServesRegisteredClientsThroughEveryRestart() {
        try (Deployment deployment = Deployment.unpacked(database, List.of(jar(PROVIDER)))) {
            deployment.download(jar(THEMES), THEMES);
            deployment.put("themes/silent/login/theme.properties", "parent=keycloak.v2\nlocales=en\n");
            deployment.put("themes/silent/login/messages/messages_en.properties", "mcpDecisionTitle=\n");
            deployment.run(
                    "kc.sh build --spi-security-profile--provider=default",
                    Map.of("KC_FEATURES", "cimd,resource-indicators"));
            deployment.start("kc.sh start");
            try (McpSetup mcp = McpSetup.create(deployment.server(), Map.of("MCP_ADMISSION", "admin-approval"))) {
                mcp.realm()
                        .change(Json.object(
                                "{\"smtpServer\": {\"host\": \"localhost\", \"from\": \"keycloak@example.com\"}}"));
                mend(deployment, mcp.realm());
                mendTheTheme(mcp.realm());
                journey(mcp);
            }
        }
    }

    /** Each command once, in the order of the findings; one that starts the server is what it is started with from then on. */
    private static void mend(Deployment deployment, TestRealm realm) {
        JsonNode findings = realm.get("/mcp/doctor").path("findings");
        assertThat(new TreeSet<>(findings.findValuesAsText("id")))
                .containsExactly("client-address-unseen", "error-pages-off", "experimental-feature", "screens-missing");
        deployment.stop();
        List<String> commands =
                findings.findValuesAsText("command").stream().distinct().toList();
        List<String> starts = commands.stream()
                .filter(command -> command.startsWith("kc.sh start"))
                .toList();
        List<String> builds =
                commands.stream().filter(command -> !starts.contains(command)).toList();
        builds.forEach(command -> deployment.run(command, Map.of()));
        assertThat(builds).hasSize(3);
        assertThat(starts).hasSize(1);
        deployment.start(starts.get(0));
        assertThat(realm.get("/mcp/doctor").path("findings")).isEmpty();
    }

    private void mendTheTheme(TestRealm realm) {
        realm.change(Json.object(Map.of("loginTheme", "silent")));
        JsonNode findings = realm.get("/mcp/doctor").path("findings");
        assertThat(findings.findValuesAsText("id")).containsOnly("texts-hidden");
        Kcadm.signedIn(realm.server(), home).run(findings.at("/0/command").asText());
        assertThat(realm.get("/mcp/doctor").path("findings")).isEmpty();
    }

    private static void journey(McpSetup mcp) {
        TestRealm realm = mcp.realm();
        KeycloakServer server = realm.server();
        discovery(realm);
        OAuthClient oauth = realm.oauth();
        String client = oauth.registered("Some App", "http://localhost/callback");
        assertThat(realm.events("CLIENT_REGISTER").at("/0/ipAddress").asText()).isEqualTo(Deployment.CALLER);
        try (Visitor visitor = new Visitor(realm)) {
            assertThat(visitor.goes(request(mcp, client)).waits()).isTrue();
        }

        server.restart();
        String waiting = realm.get("/mcp/software?state=pending").at("/0/id").asText();
        realm.send("POST", "/mcp/software/" + waiting + "/approve", "{}").expect(200);
        JsonNode tokens;
        try (Visitor visitor = new Visitor(realm)) {
            tokens = visitor.tokens(request(mcp, client));
        }
        mcp.callTool(tokens.path("access_token").asText(), "whoami", Map.of()).expect(200);

        server.restart();
        JsonNode refreshed = oauth.refresh(client, tokens.path("refresh_token").asText())
                .expect(200)
                .json();
        mcp.callTool(refreshed.path("access_token").asText(), "whoami", Map.of())
                .expect(200);
        // A refresh token is good for one refresh.
        oauth.refresh(client, tokens.path("refresh_token").asText()).expect(400);
    }

    /** RFC 8414 section 3.1: the path of the issuer comes behind the well-known part, at the root of the host. */
    private static void discovery(TestRealm realm) {
        String issuer = realm.issuer().toString();
        assertThat(issuer).startsWith("https://");
        JsonNode atRoot = Http.get(realm.server().url("/.well-known/oauth-authorization-server/realms/" + realm.name()))
                .expect(200)
                .json();
        assertThat(atRoot.path("issuer").asText()).isEqualTo(issuer);
        assertThat(atRoot.path("registration_endpoint").asText()).isEqualTo(issuer + "/clients-registrations/mcp");
        assertThat(atRoot)
                .isEqualTo(Http.get(realm.url("/.well-known/oauth-authorization-server"))
                        .expect(200)
                        .json());
    }

    private static Authorization request(McpSetup mcp, String client) {
        return mcp.realm()
                .oauth()
                .authorization(client, "http://localhost:4711/callback")
                .scope("openid mcp:tools")
                .resource(mcp.resource().toString());
    }

    private static Path jar(String name) {
        return Settings.ourJars().stream()
                .filter(jar -> jar.endsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name));
    }
}
