package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Software that gives itself out for other software is marked, or refused by setting. */
@KeycloakTest
final class LookAlikesIT {

    private final TestRealm realm;
    private final OAuthClient oauth;

    LookAlikesIT(TestRealm realm, OAuthClient oauth) {
        this.realm = realm;
        this.oauth = oauth;
    }

    @BeforeEach
    void markOnly() {
        realm.admission("admin-approval");
        realm.setting("anonymous", "refuse-look-alikes");
    }

    @ParameterizedTest
    @CsvSource({
        "Claude-Code verified by Anthropic, https://evil.example/cb, Claude Code",
        "Сlаude, https://evil.example/cb, Claude",
        "Harmless, https://chatgpt.com.evil.example/cb, ChatGPT"
    })
    void marksLookAlikesOfKnownClients(String name, String redirectUri, String product) {
        String clientId = oauth.registered(name, redirectUri);
        assertThat(looksLike(clientId)).isEqualTo(product);
        assertThat(software(name).path("looksLike").asText()).isEqualTo(product);
    }

    @Test
    void marksLookAlikesOfApprovedSoftware() {
        oauth.registered("Acme Notes", "https://notes.acme.example/cb");
        String before = oauth.registered("ACME notes", "https://other.example/cb");
        assertThat(looksLike(before)).isEmpty();
        realm.send("POST", "/mcp/software/" + software("Acme Notes").path("id").asText() + "/approve", "{}")
                .expect(200);
        String after = oauth.registered("Acme Notes (official)", "https://evil.example/cb");
        assertThat(looksLike(after)).isEqualTo("Acme Notes");
        assertThat(looksLike(oauth.registered("Acme Notes", "https://notes.acme.example/cb")))
                .isEmpty();
        assertThat(looksLike(oauth.registered("Acme Tasks", "https://evil.example/cb")))
                .isEmpty();
    }

    @Test
    void refusesLookAlikesBySetting() {
        oauth.registered("Globex Reader", "https://reader.globex.example/cb");
        realm.send(
                        "POST",
                        "/mcp/software/" + software("Globex Reader").path("id").asText() + "/approve",
                        "{}")
                .expect(200);
        realm.setting("anonymous", "refuse-look-alikes", "true");
        for (String name : List.of("Claude Code", "Globex-Reader")) {
            JsonNode refused = oauth.register(Json.object(
                                    Map.of("client_name", name, "redirect_uris", List.of("https://evil.example/cb")))
                            .toString())
                    .expect(400)
                    .json();
            assertThat(refused.path("error").asText()).isEqualTo("invalid_client_metadata");
            assertThat(refused.path("error_description").asText()).contains("looks like");
        }
        oauth.registered("Claude Code", "http://localhost:3118/callback");
        oauth.registered("Globex Reader", "https://reader.globex.example/cb");
    }

    private String looksLike(String clientId) {
        return realm.client(clientId).path("attributes").path("mcp.looks-like").asText();
    }

    private JsonNode software(String name) {
        for (JsonNode software : realm.get("/mcp/software?" + Http.encode(Map.of("search", name)))) {
            if (software.path("name").asText().equals(name)) {
                return software;
            }
        }
        throw new AssertionError("No software is called " + name);
    }
}
