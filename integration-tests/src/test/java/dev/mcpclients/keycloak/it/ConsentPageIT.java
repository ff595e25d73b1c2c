package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keycloak's own consent page in theme {@code mcp}: with all parties for software of ours, as usual for other clients. */
@KeycloakTest
final class ConsentPageIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String WEB = "https://app.example.com/cb";

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final String resource;

    ConsentPageIT(McpSetup setup) {
        realm = setup.realm();
        oauth = realm.oauth();
        resource = setup.resource().toString();
        realm.send("POST", "/mcp/setup", "{\"theme\": \"mcp\"}").expect(200);
    }

    @Test
    void setupChoosesTheTheme() {
        assertThat(realm.get("").path("loginTheme").asText()).isEqualTo("mcp");
    }

    @Test
    void namesAllPartiesWhereAConsentDisappearedAfterTheGate() {
        String client = oauth.registered("Notes", LOOPBACK);
        makeHostile(client);
        Authorization authorization =
                oauth.authorization(client, LOOPBACK).resource(resource).scope("openid mcp:tools offline_access");
        try (AfterTheGate after = new AfterTheGate(realm);
                Visitor visitor = new Visitor(realm)) {
            visitor.goes(authorization);
            visitor.browser().click("mcp-allow");
            after.takeConsentsBack();
            visitor.browser().click("kc-accept");

            assertThat(visitor.browser().callback()).isEmpty();
            assertThat(visitor.browser().text())
                    .contains("bNotes/b {mcpAllow}", "Not verified", "A program on this computer", "alice")
                    .contains("Example MCP server", "Use the tools of the MCP server", "when you are not there");
            assertThat(visitor.browser().markup()).doesNotContain("logo.png", "<b>Notes");

            visitor.browser().click("kc-login");
            JsonNode tokens = oauth.exchange(
                            authorization, visitor.browser().awaitCallback().code())
                    .expect(200)
                    .json();
            assertThat(tokens.path("refresh_token").asText()).isNotEmpty();
        }
    }

    @Test
    void takesANo() {
        String client = oauth.registered("Tasks", LOOPBACK);
        try (AfterTheGate after = new AfterTheGate(realm);
                Visitor visitor = new Visitor(realm)) {
            visitor.goes(oauth.authorization(client, LOOPBACK).resource(resource));
            visitor.browser().click("mcp-allow");
            after.takeConsentsBack();
            visitor.browser().click("kc-accept");

            visitor.browser().click("kc-cancel");

            assertThat(visitor.browser().awaitCallback().error()).contains("access_denied");
        }
    }

    @ParameterizedTest
    @CsvSource({"wiki, <i>Team</i> wiki, <i>Team</i> wiki", "desk, ${client_account}, Account"})
    void asksForOtherClientsAsKeycloakDoes(String id, String name, String shown) {
        realm.create(
                "/clients",
                Json.object(Map.of(
                        "clientId",
                        id,
                        "name",
                        name,
                        "publicClient",
                        true,
                        "consentRequired",
                        true,
                        "attributes",
                        Map.of("policyUri", "https://wiki.example.com/privacy"),
                        "redirectUris",
                        List.of(WEB))));
        Authorization authorization = oauth.authorization(id, WEB).scope("openid");
        try (Visitor visitor = new Visitor(realm)) {
            visitor.goes(authorization);

            assertThat(visitor.browser().text()).contains(shown, "User profile", "Email address", "privacy policy");
            visitor.browser().click("kc-login");
            oauth.exchange(authorization, visitor.browser().awaitCallback().code())
                    .expect(200);
        }
    }

    private void makeHostile(String clientId) {
        ObjectNode client = realm.client(clientId).deepCopy();
        client.put("name", "<b>Notes</b> ${mcpAllow}");
        client.withObject("/attributes").put("logoUri", "https://evil.example.com/logo.png");
        realm.put("/clients/" + client.path("id").asText(), client);
    }
}
