package dev.mcpclients.keycloak.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final Map<String, String> VALUES = Map.of(
            "mcp.host", "0.0.0.0",
            "mcp.port", "9191",
            "mcp.resource", "https://mcp.example/mcp",
            "mcp.issuer", "https://login.example/realms/staff",
            "mcp.jwks", "https://login.example/keys",
            "mcp.origins", "https://a.example, https://b.example");

    @AfterEach
    void clear() {
        VALUES.keySet().forEach(System::clearProperty);
    }

    @Test
    void fitsTheRunProfileByDefault() {
        Settings settings = Settings.fromEnvironment();

        assertThat(settings).isEqualTo(Settings.local(9090, URI.create("http://localhost:8080/realms/mcp")));
        assertThat(settings.resourceOn(9090)).hasToString("http://localhost:9090/mcp");
        assertThat(settings.keys()).hasToString("http://localhost:8080/realms/mcp/protocol/openid-connect/certs");
    }

    @Test
    void readsEverySetting() {
        VALUES.forEach(System::setProperty);

        Settings settings = Settings.fromEnvironment();

        assertThat(settings)
                .isEqualTo(new Settings(
                        "0.0.0.0",
                        9191,
                        Optional.of(URI.create("https://mcp.example/mcp")),
                        URI.create("https://login.example/realms/staff"),
                        Optional.of(URI.create("https://login.example/keys")),
                        Set.of("https://a.example", "https://b.example")));
        assertThat(settings.resourceOn(9191)).hasToString("https://mcp.example/mcp");
        assertThat(settings.keys()).hasToString("https://login.example/keys");
    }
}
