package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.ChromiumBrowser;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.NpmClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP clients that nobody here wrote get in, with a user at a real browser who allows them. */
@KeycloakTest
final class RealClientsIT {

    private final McpSetup setup;
    private final TestRealm realm;
    private final List<URI> opened = new ArrayList<>();

    private final ChromiumBrowser browser;

    RealClientsIT(McpSetup setup) {
        this.setup = setup;
        this.realm = setup.realm();
        this.browser = ChromiumBrowser.start(realm.server());
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdk1", "sdk2", "mcp-remote", "inspector-cli"})
    void registersIsAllowedCallsAToolAndRefreshes(String client, @TempDir Path state) {
        NpmClient first = run(client, "--state-dir", state.toString());
        assertServed(first);
        assertThat(first.said("registered")).hasSize(1);
        assertThat(opened).hasSize(1);

        NpmClient onAnotherPort = run(client, "--state-dir", state.toString(), "--forget-tokens");
        assertServed(onAnotherPort);
        assertThat(onAnotherPort.said("registered")).isEmpty();
        assertThat(opened).hasSize(2);

        NpmClient onAnotherComputer = run(client);
        assertServed(onAnotherComputer);
        assertThat(clientId(onAnotherComputer)).isEqualTo(clientId(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdk1", "sdk2", "mcp-remote"})
    void refreshesWhileTheUserIsAway(String client) {
        NpmClient offline = run(client, "--offline");

        assertServed(offline);
        assertThat(offline.lines()).anySatisfy(line -> {
            assertThat(line.path("refreshed").asBoolean()).isTrue();
            assertThat(line.path("scope").asText().split(" ")).contains("offline_access", "mcp:tools");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdk1", "sdk2"})
    void servesClientsWithASecret(String client) {
        NpmClient confidential =
                run(client, "--name", "Confidential SDK client", "--auth-method", "client_secret_post");

        assertServed(confidential);
        assertThat(confidential.said("registered").get(0).has("client_secret")).isTrue();
    }

    /** The scenarios of the official suite; it asks for CIMD, which is a later step. */
    @Test
    void conforms() {
        NpmClient suite = NpmClient.run(
                        "conformance",
                        realm.issuer(),
                        this::allow,
                        "--resource",
                        setup.resource().toString())
                .expectDone();

        assertThat(suite.said("check"))
                .extracting(check ->
                        check.path("id").asText() + ": " + check.path("status").asText())
                .containsExactlyInAnyOrder(
                        "authorization-code-grant: SUCCESS",
                        "authorization-server-metadata: SUCCESS",
                        "authorization-server-metadata-cimd: WARNING");
    }

    private NpmClient run(String client, String... options) {
        return NpmClient.run(client, setup.resource(), this::allow, options).expectDone();
    }

    private void allow(URI authorization) {
        opened.add(authorization);
        browser.open(authorization);
        if (browser.offers("password")) {
            browser.signIn("alice", "alice");
        }
        browser.await("mcp-allow");
        browser.click("mcp-allow");
    }

    private static void assertServed(NpmClient client) {
        assertThat(client.said("tool")).hasSize(2).allSatisfy(answer -> {
            assertThat(answer.path("isError").asBoolean()).isFalse();
            assertThat(answer.path("text").asText()).startsWith("You are Alice Adams");
        });
        assertThat(client.lines()).anySatisfy(line -> {
            assertThat(line.path("refreshed").asBoolean()).isTrue();
            assertThat(line.path("rotated").asBoolean()).isTrue();
        });
    }

    private static String clientId(NpmClient client) {
        JsonNode registered = client.said("registered").get(0);
        return registered.path("client_id").asText();
    }
}
