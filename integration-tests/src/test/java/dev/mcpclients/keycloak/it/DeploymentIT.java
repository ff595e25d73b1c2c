package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.On;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.ServerKind;
import dev.mcpclients.keycloak.it.support.TestRealm;
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
    void theDoctorFindsNothingBehindTheProxy() {
        try (TestRealm realm = TestRealm.create(server, RealmTemplate.mcp())) {
            realm.change(Json.object(Map.of("smtpServer", Map.of("host", "localhost", "from", "a@example.com"))));

            assertThat(realm.get("/mcp/doctor").path("findings")).isEmpty();
        }
    }
}
