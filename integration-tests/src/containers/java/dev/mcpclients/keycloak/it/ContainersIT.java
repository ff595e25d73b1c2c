package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dasniko.testcontainers.keycloak.KeycloakContainer;
import dev.mcpclients.keycloak.demo.Ports;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Jwt;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The image that {@code docker/Dockerfile} builds: registration, decision, token, and all of it still there after a restart. */
final class ContainersIT {

    private static final Logger LOG = Logger.getLogger(ContainersIT.class.getName());
    private static final String NO_ENGINE =
            "SKIPPED, no container engine on this machine: the image is not tried. DeploymentIT does the same steps without one.";
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theImageRegistersDecidesHandsOutTokensAndRemembers() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            LOG.warning(NO_ENGINE);
            Assumptions.abort(NO_ENGINE);
        }
        int port = Ports.free();
        try (Network network = Network.newNetwork();
                PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:17")
                        .withNetwork(network)
                        .withNetworkAliases("postgres");
                KeycloakContainer keycloak = keycloak(network, postgres, port)) {
            postgres.start();
            keycloak.start();
            KeycloakServer server = KeycloakServer.at(URI.create("http://localhost:" + port), () -> {
                keycloak.stop();
                keycloak.start();
            });
            smoke(server);
        }
    }

    private static void smoke(KeycloakServer server) {
        try (TestRealm realm = TestRealm.create(server, RealmTemplate.mcp().with("MCP_ADMISSION", "admin-approval"));
                Visitor visitor = new Visitor(realm)) {
            OAuthClient oauth = realm.oauth();
            String client = oauth.registered("Some App", "http://localhost/callback");
            assertThat(visitor.goes(request(oauth, client)).waits()).isTrue();
            JsonNode waiting = realm.get("/mcp/software?state=pending").get(0);
            realm.send("POST", "/mcp/software/" + waiting.path("id").asText() + "/approve", "{}")
                    .expect(200);
            JsonNode tokens = visitor.tokens(request(oauth, client));
            assertThat(Jwt.audience(tokens.path("access_token").asText())).containsExactly(TestRealm.RESOURCE);
            server.restart();
            oauth.refresh(client, tokens.path("refresh_token").asText()).expect(200);
        }
    }

    private static KeycloakContainer keycloak(Network network, PostgreSQLContainer postgres, int port) {
        KeycloakContainer keycloak = new KeycloakContainer(image())
                .withNetwork(network)
                .withProductionMode()
                .withOptimizedFlag()
                .withAdminUsername("admin")
                .withAdminPassword("admin")
                .withEnv("KC_DB_URL", "jdbc:postgresql://postgres/" + postgres.getDatabaseName())
                .withEnv("KC_DB_USERNAME", postgres.getUsername())
                .withEnv("KC_DB_PASSWORD", postgres.getPassword())
                .withEnv("KC_HTTP_ENABLED", "true")
                .withEnv("KC_HOSTNAME", "http://localhost:" + port);
        // The issuer stays the same over a restart.
        keycloak.setPortBindings(List.of("127.0.0.1:" + port + ":8080"));
        return keycloak;
    }

    /** Built from the sources that the build needs, without what an earlier build left behind. */
    private static String image() {
        ImageFromDockerfile image = new ImageFromDockerfile("keycloak-mcp-clients-it", true)
                .withFileFromPath("Dockerfile", ROOT.resolve("docker/Dockerfile"));
        for (String path : List.of("pom.xml", ".mvn", "provider", "themes", "examples", "integration-tests/pom.xml")) {
            image.withFileFromPath(path, ROOT.resolve(path));
        }
        return image.get();
    }

    private static Authorization request(OAuthClient oauth, String client) {
        return oauth.authorization(client, "http://localhost:4711/callback")
                .scope("openid mcp:tools")
                .resource(TestRealm.RESOURCE);
    }
}
