package dev.mcpclients.keycloak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeycloakTest {

    private final Path home;

    KeycloakTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void freshDirectoryBelongsToNoMcpServer() {
        assertThat(new Keycloak(settings(9090)).otherResource()).isEmpty();
    }

    @Test
    void realmOfAnEarlierRunBelongsToItsMcpServer() throws IOException {
        Files.createDirectories(settings(9090).data());
        Files.writeString(settings(9090).data().resolve("mcp-resource-url"), "http://localhost:9090/mcp");

        assertThat(new Keycloak(settings(9090)).otherResource()).isEmpty();
        assertThat(new Keycloak(settings(9091)).otherResource()).contains("http://localhost:9090/mcp");
    }

    @Test
    void nextStepsNameThePortsOfThisRun() {
        assertThat(NextSteps.text(settings(9123)))
                .contains("http://localhost:8181", "http://localhost:9123/mcp", home.toString())
                .doesNotContain("{keycloak}", "{mcp}", "{issuer}", "{data}", "{kcadm}");
    }

    private DemoSettings settings(int mcpPort) {
        return new DemoSettings(8181, mcpPort, home, home, home, home);
    }
}
