package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.Settings;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients send is registered by a real server, and each of their redirect URIs is good for an authorization. */
@KeycloakTest
final class FixturesIT {

    private final TestRealm realm;
    private final OAuthClient oauth;

    FixturesIT(TestRealm realm, OAuthClient oauth) {
        this.realm = realm;
        this.oauth = oauth;
    }

    static List<String> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(Settings.fixtures())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @BeforeEach
    void letUsersDecide() {
        realm.admission("user-approval");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void getsIn(String file) throws IOException {
        JsonNode fixture = Json.parse(Files.readString(Settings.fixtures().resolve(file)));
        JsonNode request = fixture.path("request");
        JsonNode expected = fixture.path("expected");

        JsonNode answer = oauth.register(request.toString()).expect(201).json();

        assertThat(texts(answer.path("redirect_uris"))).isEqualTo(texts(request.path("redirect_uris")));
        assertThat(texts(answer.path("grant_types"))).contains("authorization_code");
        assertThat(answer.path("token_endpoint_auth_method").asText())
                .isEqualTo(request.path("token_endpoint_auth_method").asText("none"));
        long ofTheServer = texts(answer.path("mcp_repairs")).stream()
                .filter(repair -> repair.startsWith("The scope "))
                .count();
        assertThat(answer.path("mcp_repairs").size() - ofTheServer)
                .isEqualTo(expected.path("repairs").size());
        boolean own = expected.path("kind").asText().equals("OWN");
        assertThat(answer.has("registration_access_token")).isEqualTo(own);

        String clientId = answer.path("client_id").asText();
        JsonNode client = realm.client(clientId);
        assertThat(client.path("name").asText())
                .isEqualTo(expected.path("software").asText());
        assertThat(client.at("/attributes/mcp.evidence").asText("none"))
                .isEqualTo(expected.path("evidence").asText());
        assertThat(client.at("/attributes/mcp.shared").asBoolean()).isEqualTo(!own);
        for (String redirectUri : texts(answer.path("redirect_uris"))) {
            Http.get(oauth.authorization(clientId, redirectUri).uri()).expect(200);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
