package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a realm that registers MCP clients says about itself. */
@KeycloakTest
final class DiscoveryIT {

    private final TestRealm realm;

    DiscoveryIT(TestRealm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void open() {
        realm.admission("user-approval");
        realm.setting("anonymous", "openid-discovery", "true");
    }

    private JsonNode oauthDocument() {
        return Http.get(realm.url("/.well-known/oauth-authorization-server"))
                .expect(200)
                .json();
    }

    private JsonNode openidDocument() {
        return Http.get(realm.url("/.well-known/openid-configuration"))
                .expect(200)
                .json();
    }

    @Test
    void theOAuthDocumentSaysWhatADynamicClientCanDo() {
        JsonNode document = oauthDocument();
        assertThat(document.path("registration_endpoint").asText()).endsWith("/clients-registrations/mcp");
        assertThat(texts(document.path("token_endpoint_auth_methods_supported")))
                .contains("none");
        assertThat(texts(document.path("code_challenge_methods_supported"))).containsExactly("S256");
        assertThat(texts(document.path("scopes_supported")))
                .contains("openid", "mcp:tools", "offline_access", "profile", "email")
                .doesNotContain("address", "phone", "microprofile-jwt");
        assertThat(document.has("client_id_metadata_document_supported")).isFalse();
        assertThat(document.path("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theRootFormOfRfc8414IsTheSameDocument() {
        JsonNode root = Http.get(realm.server().url("/.well-known/oauth-authorization-server/realms/" + realm.name()))
                .expect(200)
                .json();
        assertThat(root).isEqualTo(oauthDocument());
    }

    @Test
    void theOpenIdDocumentNamesOurEndpointBySetting() {
        assertThat(openidDocument().path("registration_endpoint").asText()).endsWith("/clients-registrations/mcp");
        assertThat(texts(openidDocument().path("code_challenge_methods_supported")))
                .contains("plain");
        realm.setting("anonymous", "openid-discovery", "false");
        assertThat(openidDocument().path("registration_endpoint").asText())
                .endsWith("/clients-registrations/openid-connect");
    }

    @Test
    void closedDoorsAreNotAdvertised() {
        realm.admission("closed");
        assertThat(oauthDocument().has("registration_endpoint")).isFalse();
    }

    @Test
    void preflightsOfBothFormsAllowTheProtocolVersionHeader() {
        for (var url : List.of(
                realm.url("/.well-known/oauth-authorization-server"),
                realm.server().url("/.well-known/oauth-authorization-server/realms/" + realm.name()),
                realm.url("/protocol/openid-connect/token"),
                realm.url("/protocol/openid-connect/userinfo"))) {
            HttpAnswer answer = Http.options(
                    url,
                    "Origin",
                    "http://localhost:6274",
                    "Access-Control-Request-Method",
                    "GET",
                    "Access-Control-Request-Headers",
                    "mcp-protocol-version");
            assertThat(String.join(",", answer.headers().allValues("Access-Control-Allow-Headers")))
                    .as(url.toString())
                    .containsIgnoringCase("MCP-Protocol-Version");
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
