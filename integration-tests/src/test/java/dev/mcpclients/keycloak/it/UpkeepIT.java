package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens to registered clients without a request of theirs. */
@KeycloakTest
final class UpkeepIT {

    /** More than two rounds. */
    private static final Duration NEXT_ROUND = Duration.ofSeconds(90);

    @Test
    void aScopeThatAResourceGetsLaterReachesRegisteredClients(TestRealm realm, OAuthClient oauth) {
        String clientId = oauth.registered("Registered early", "http://localhost/cb");
        assertThat(realm.client(clientId).path("optionalClientScopes").toString())
                .doesNotContain("files:read");

        String scope = realm.create(
                "/client-scopes",
                Json.object(Map.of("name", "files:read", "protocol", "openid-connect", "attributes", Map.of())));
        String resource = realm.create(
                "/clients",
                Json.object(Map.of(
                        "clientId",
                        "files",
                        "protocol",
                        "openid-connect",
                        "attributes",
                        Map.of("resource_url", "https://files.example.com/mcp"))));
        realm.send("PUT", "/clients/" + resource + "/optional-client-scopes/" + scope, "")
                .expect(204);

        Await.until("the client has the scope", Duration.ofSeconds(20), () -> realm.client(clientId)
                .path("optionalClientScopes")
                .toString()
                .contains("files:read"));
    }

    @Test
    void noAddressIsKeptWhereTheRealmSaysSo(TestRealm realm, OAuthClient oauth) {
        oauth.registered("Registered before", "http://localhost/before");
        assertThat(address(realm, "Registered before")).isEqualTo("127.0.0.1");

        realm.setting("authenticated", "keep-addresses", "false");
        oauth.registered("Registered after", "http://localhost/after");

        assertThat(address(realm, "Registered after")).isEmpty();
        Await.until("the address is forgotten", NEXT_ROUND, () -> address(realm, "Registered before")
                .isEmpty());
    }

    private static String address(TestRealm realm, String name) {
        for (JsonNode software : realm.get("/mcp/software?search=registered")) {
            if (software.path("name").asText().equals(name)) {
                return software.path("registeredFrom").asText();
            }
        }
        throw new AssertionError("No software is called " + name);
    }
}
