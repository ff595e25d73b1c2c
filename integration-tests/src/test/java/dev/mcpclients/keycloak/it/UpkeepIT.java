package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

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
}
