package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Jwt;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.On;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.ServerKind;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A server as {@code docker/} deploys it, without containers: {@code kc.sh build}, {@code start --optimized} on PostgreSQL, TLS at
 * a reverse proxy.
 */
@KeycloakTest
@On(ServerKind.PRODUCTION)
final class DeploymentIT {

    private final KeycloakServer server;

    DeploymentIT(KeycloakServer server) {
        this.server = server;
    }

    @Test
    void registersDecidesHandsOutTokensAndRemembersAllOfItAfterARestart() {
        try (TestRealm realm = TestRealm.create(server, RealmTemplate.mcp().with("MCP_ADMISSION", "admin-approval"));
                Visitor visitor = new Visitor(realm)) {
            OAuthClient oauth = realm.oauth();
            URI root = server.url("/.well-known/oauth-authorization-server/realms/" + realm.name());
            JsonNode metadata = Http.get(root).expect(200).json();
            assertThat(metadata.path("issuer").asText())
                    .isEqualTo(realm.issuer().toString());
            assertThat(metadata.path("registration_endpoint").asText())
                    .isEqualTo(realm.url("/clients-registrations/mcp").toString());

            String client = oauth.registered("Some App", "http://localhost/callback");
            Authorization authorization = request(oauth, client);
            assertThat(visitor.goes(authorization).waits()).isTrue();
            server.restart();
            JsonNode waiting = realm.get("/mcp/software?state=pending");
            assertThat(waiting).hasSize(1);
            realm.send("POST", "/mcp/software/" + waiting.get(0).path("id").asText() + "/approve", "{}")
                    .expect(200);

            JsonNode tokens = visitor.tokens(request(oauth, client));
            assertThat(Jwt.audience(tokens.path("access_token").asText())).containsExactly(TestRealm.RESOURCE);
            server.restart();
            oauth.refresh(client, tokens.path("refresh_token").asText()).expect(200);
            assertThat(oauth.registered("Some App", "http://localhost:1234/callback"))
                    .isEqualTo(client);
        }
    }

    @Test
    void theDoctorFindsNothingBehindTheProxy() {
        try (TestRealm realm = TestRealm.create(server, RealmTemplate.mcp())) {
            realm.change(Json.object(Map.of("smtpServer", Map.of("host", "localhost", "from", "a@example.com"))));

            assertThat(realm.get("/mcp/doctor").path("findings")).isEmpty();
        }
    }

    private static Authorization request(OAuthClient oauth, String client) {
        return oauth.authorization(client, "http://localhost:4711/callback")
                .scope("openid mcp:tools")
                .resource(TestRealm.RESOURCE);
    }
}
