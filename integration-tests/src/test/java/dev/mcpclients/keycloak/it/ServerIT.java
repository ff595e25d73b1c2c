package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.On;
import dev.mcpclients.keycloak.it.support.ServerKind;
import dev.mcpclients.keycloak.it.support.Settings;
import org.junit.jupiter.api.Test;

/** The server under test is the one we mean, and loads our JARs. */
@KeycloakTest
final class ServerIT {

    @Test
    void isTheVersionThatTheBuildNames(KeycloakServer server) {
        assertThat(server.admin().serverInfo().at("/systemInfo/version").asText())
                .isEqualTo(Settings.keycloakVersion());
    }

    @Test
    void loadsOurJars(KeycloakServer server) {
        assertThat(server.admin()
                        .serverInfo()
                        .at("/componentTypes/org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy")
                        .findValuesAsText("id"))
                .contains("mcp-client");
    }

    @Test
    void withoutOurJarsIsAnotherServer(@On(ServerKind.STOCK) KeycloakServer stock) {
        assertThat(stock.admin().serverInfo().path("componentTypes").toString())
                .contains("trusted-hosts")
                .doesNotContain("mcp-client");
    }

    @Test
    void runsOnPostgres(KeycloakServer server, Database database) {
        assertThat(server.log()).contains("jdbc-postgresql");
        assertThat(database.number("select count(*) from realm where name = 'master'"))
                .isEqualTo(1);
    }

    @Test
    void seesEveryStatementOfARequest(KeycloakServer server, Database database) {
        assertThat(database.statements().during(() -> server.admin().get("/master/events")))
                .anyMatch(sql -> sql.contains("EVENT_ENTITY"));
        assertThat(database.statements().during(() -> {})).noneMatch(sql -> sql.contains("EVENT_ENTITY"));
    }

    @Test
    void answersAtItsPublicUrl(KeycloakServer server) {
        assertThat(Http.get(server.url("/realms/master"))
                        .expect(200)
                        .json()
                        .path("realm")
                        .asText())
                .isEqualTo("master");
    }
}
