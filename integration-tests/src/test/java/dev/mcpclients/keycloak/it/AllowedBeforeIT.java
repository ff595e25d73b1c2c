package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who allowed the same before is asked in short; the question itself stays, and anything new brings the long form back. */
@KeycloakTest
final class AllowedBeforeIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String SHORT = "You allowed this before";
    private static final String FILES = "https://files.example.com/mcp";

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final String resource;

    private Visitor visitor;

    AllowedBeforeIT(McpSetup setup) {
        realm = setup.realm();
        oauth = realm.oauth();
        resource = setup.resource().toString();
        visitor = new Visitor(realm);
    }

    @BeforeEach
    void start() {
        realm.admission("user-approval");
        visitor = new Visitor(realm);
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Notes, http://localhost/callback, http://localhost:4711/callback, http://127.0.0.1:4712/callback",
        "Tasks, com.example.tasks:/cb, com.example.tasks:/cb, com.example.tasks:/cb",
    })
    void asksAgainInShort(String name, String registered, String first, String then) {
        String client = oauth.registered(name, registered);
        visitor.goes(request(client, first));
        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text()).doesNotContain(SHORT);
        assertThat(visitor.allows().code()).isNotEmpty();

        Authorization again = request(client, then);
        visitor.goes(again);

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text())
                .contains(SHORT, name, "A program on this computer", "Example MCP server", "alice");
        assertThat(visitor.browser().offers("mcp-details")).isTrue();
        oauth.exchange(again, visitor.allows().code()).expect(200);
    }

    /** The short form is a question like the long one: nothing answers it but a press of the button. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "login", "consent", "select_account"})
    void isNeverASilentPass(String prompt) {
        String client = oauth.registered("Insistent app", LOOPBACK);
        visitor.tokens(request(client, LOOPBACK));

        visitor.goes(request(client, LOOPBACK).prompt(prompt));

        if (prompt.equals("none")) {
            assertThat(visitor.browser().awaitCallback().error()).contains("interaction_required");
        } else {
            assertThat(visitor.browser().callback()).isEmpty();
            assertThat(visitor.browser().text()).contains(SHORT);
        }
    }

    @Test
    void isAlsoForProvenRecipientsThatWantToBeAskedAbout() {
        String client = oauth.registered("Claude of a careful user", "https://claude.ai/api/mcp/auth_callback");
        visitor.tokens(request(client, "https://claude.ai/api/mcp/auth_callback"));

        visitor.goes(request(client, "https://claude.ai/api/mcp/auth_callback").prompt("consent"));

        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text()).contains(SHORT, "Anthropic");
    }

    @Test
    void isLongWhereMoreIsAskedForOrAnotherServer() {
        String client = oauth.registered("Growing app", LOOPBACK);
        visitor.tokens(request(client, LOOPBACK));
        realm.create("/clients", Json.object(Map.of("clientId", FILES, "attributes", Map.of("resource_url", FILES))));

        assertLong(request(client, LOOPBACK).scope("openid mcp:tools offline_access"));
        assertLong(request(client, LOOPBACK).resource(FILES));
        visitor.goes(request(client, LOOPBACK).scope("openid"));
        assertThat(visitor.browser().text()).contains(SHORT);
    }

    @Test
    void isLongAfterTheUserTookItBack() {
        String client = oauth.registered("Unloved app", LOOPBACK);
        visitor.tokens(request(client, LOOPBACK));
        String alice = realm.get("/users?username=alice&exact=true").at("/0/id").asText();
        realm.delete("/users/" + alice + "/consents/"
                + Http.encode(Map.of("c", client)).substring(2));

        assertLong(request(client, LOOPBACK));
    }

    @Test
    void isLongAfterADenialOfTheFirstQuestion() {
        String client = oauth.registered("Denied once", LOOPBACK);
        visitor.goes(request(client, LOOPBACK)).denies();

        assertLong(request(client, LOOPBACK));
    }

    @Test
    void isLongWhereTheNameIsMarkedNow() {
        String client = oauth.registered("Acme helper", LOOPBACK);
        visitor.tokens(request(client, LOOPBACK));
        ObjectNode changed = realm.client(client).deepCopy();
        changed.withObject("/attributes").put("mcp.looks-like", "Acme Helper");
        realm.put("/clients/" + changed.path("id").asText(), changed);

        assertLong(request(client, LOOPBACK));
        assertThat(visitor.browser().text()).contains("looks like Acme Helper");
    }

    /** A permission that was given for proven software is none for the same software unproven: not even a proven host is silent then. */
    @Test
    void isLongWhereTheEvidenceFell() {
        String uri = "https://agent.acme.example/cb";
        realm.setting(
                "anonymous",
                "catalogue",
                """
                {"id": "acme-agent", "name": "Acme Agent", "vendor": "Acme", "redirectUris": ["%s"], "domains": ["acme.example"]}\
                """
                        .formatted(uri));
        String client = oauth.registered("Acme Agent", uri);
        visitor.goes(request(client, uri));
        assertThat(visitor.browser().text()).contains("Verified", "Acme");
        assertThat(visitor.allows().code()).isNotEmpty();
        assertThat(visitor.goes(request(client, uri)).browser().callback()).isPresent();

        realm.setting("anonymous", "catalogue");

        assertLong(request(client, uri));
        assertThat(visitor.browser().text()).contains("Not verified");
    }

    private void assertLong(Authorization authorization) {
        visitor.goes(authorization);
        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text()).doesNotContain(SHORT);
    }

    private Authorization request(String client, String redirectUri) {
        return oauth.authorization(client, redirectUri).resource(resource).scope("openid mcp:tools");
    }
}
