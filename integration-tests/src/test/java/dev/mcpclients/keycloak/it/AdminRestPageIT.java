package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.Settings;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about admin REST tells people to type works. */
@KeycloakTest
final class AdminRestPageIT {

    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    private final KeycloakServer server;
    private final TestRealm realm;
    private final OAuthClient oauth;

    AdminRestPageIT(KeycloakServer server, TestRealm realm, OAuthClient oauth) {
        this.server = server;
        this.realm = realm;
        this.oauth = oauth;
    }

    @Test
    void everyLineOfTheExamplesRuns(@TempDir Path home) throws IOException, InterruptedException {
        realm.admission("admin-approval");
        oauth.registered("Docs example", "http://localhost/docs");
        String script = BLOCK.matcher(Files.readString(Settings.docs().resolve("admin-rest.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(Collectors.joining())
                .replace("http://localhost:8080", server.url().toString())
                .replace("-r mcp", "-r " + realm.name());

        Path output = home.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("bash", "-e", "-x", "-c", script)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("HOME", home.toString());
        shell.environment().put("JAVA_TOOL_OPTIONS", "-Duser.home=" + home);
        shell.environment()
                .merge("PATH", Settings.keycloakHome().resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = shell.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();

        JsonNode decisions = realm.get("/mcp/decisions");
        assertThat(decisions)
                .extracting(decision -> decision.path("action").asText())
                .containsExactly("approve", "reopen", "deny", "suspend", "approve", "approve");
        assertThat(decisions.at("/5/limits/until").asText()).isEqualTo("2100-01-01T00:00:00Z");
        assertThat(Files.readString(output)).contains("\"Pilot went well\"", "\"pending\" : 1");
    }
}
