package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.On;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.ServerKind;
import dev.mcpclients.keycloak.it.support.TestRealm;
import org.junit.jupiter.api.Test;

/** What needs a database works on H2 too, with which every newcomer starts: {@code start-dev}, {@code mvn -Prun}. */
@KeycloakTest
@On(ServerKind.H2)
final class H2IT {

    @Test
    void runsOnH2(KeycloakServer server) {
        assertThat(server.log()).contains("jdbc-h2");
    }

    @Test
    void registersTheSameSoftwareOnce(TestRealm realm, OAuthClient oauth) {
        String first = oauth.registered("Some App", "http://127.0.0.1:1234/cb");
        String second = oauth.registered("Some App", "http://127.0.0.1:5678/cb");

        assertThat(second).isEqualTo(first);
        JsonNode software = realm.get("/mcp/software");
        assertThat(software.findValuesAsText("name")).containsExactly("Some App");
    }

    @Test
    void deletesRealmWithItsSoftware(KeycloakServer server) {
        TestRealm realm = TestRealm.create(server, RealmTemplate.mcp());
        realm.oauth().registered("Some App", "http://127.0.0.1/cb");

        realm.close();

        assertThat(server.admin().send("GET", "/" + realm.name(), "").status()).isEqualTo(404);
    }
}
