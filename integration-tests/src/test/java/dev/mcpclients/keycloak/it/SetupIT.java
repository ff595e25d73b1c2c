package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.ChromiumBrowser;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Kcadm;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.NpmClient;
import dev.mcpclients.keycloak.it.support.On;
import dev.mcpclients.keycloak.it.support.ServerKind;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A realm that a stock Keycloak exported becomes ready for MCP clients by one call, and is as before after another. */
@KeycloakTest
final class SetupIT {

    private final KeycloakServer server;
    private final McpSetup mcp;
    private final TestRealm realm;

    SetupIT(KeycloakServer server, @On(ServerKind.STOCK) KeycloakServer stock) {
        this.server = server;
        this.mcp = McpSetup.with(server, exportedFrom(stock));
        this.realm = mcp.realm();
        realm.create(
                "/users",
                Json.object(
                        """
                {"username": "alice", "email": "alice@example.com", "emailVerified": true, "enabled": true,
                 "firstName": "Alice", "lastName": "Adams", "credentials": [{"type": "password", "value": "alice"}]}"""));
    }

    @AfterEach
    void close() {
        mcp.close();
    }

    @Test
    void makesARealmReadyForMcpClients() {
        JsonNode plan = setup(choices().put("dryRun", true));
        assertThat(states(plan)).containsEntry("policies", "to-do").doesNotContainValue("done");
        assertThat(realm.send("GET", "/components?type=" + POLICIES, "").body()).doesNotContain("mcp-client");

        assertThat(states(setup(choices()))).containsEntry("policies", "done").containsEntry("resources", "done");
        assertThat(states(setup(choices())))
                .allSatisfy((step, state) -> assertThat(state).as(step).isEqualTo("already-done"));

        String client = realm.oauth().registered("Some App", "http://localhost/callback");
        try (Visitor visitor = new Visitor(realm)) {
            JsonNode tokens = visitor.tokens(request(client));
            mcp.callTool(tokens.path("access_token").asText(), "whoami", Map.of())
                    .expect(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdk2", "mcp-remote"})
    void realClientsPassWithoutAnotherStep(String client) {
        setup(choices());
        try (ChromiumBrowser browser = ChromiumBrowser.start(server)) {
            NpmClient run = NpmClient.run(client, mcp.resource(), authorization -> allow(browser, authorization))
                    .expectDone();
            assertThat(run.said("tool")).isNotEmpty();
        }
    }

    @Test
    void undoLeavesTheRealmAsItWas() {
        Map<String, Object> before = appearance();
        setup(choices().put("admission", "admin-approval"));
        Apps apps = registerApps();
        Http.get(realm.url("/mcp/approvals"));
        setup(Json.object(Map.of("admission", "user-approval")));

        JsonNode plan = setup(Json.object(Map.of("undo", true, "dryRun", true)));
        assertThat(states(plan))
                .containsEntry("clients", "to-do")
                .containsEntry("approvals-page", "to-do")
                .containsEntry("policies", "to-do");
        assertThat(realm.client(apps.pending()).path("enabled").asBoolean()).isTrue();
        JsonNode done = setup(Json.object(Map.of("undo", true)));

        assertThat(done.at("/steps/0/id").asText()).isEqualTo("clients");
        assertThat(List.of(enabled(apps.pending()), enabled(apps.denied()), enabled(apps.approved())))
                .containsExactly(false, false, true);
        assertThat(appearance()).isEqualTo(before);
        assertThat(states(setup(Json.object(Map.of("undo", true)))).values()).containsOnly("nothing-to-undo");
    }

    @Test
    void setupAfterUndoGoesOnWhereItWasLeft() {
        Map<String, Object> before = appearance();
        setup(choices().put("admission", "admin-approval"));
        Apps apps = registerApps();

        setup(Json.object(Map.of("undo", true)));
        assertThat(List.of(enabled(apps.pending()), enabled(apps.denied()), enabled(apps.approved())))
                .containsExactly(false, false, true);
        assertThat(appearance()).isEqualTo(before);

        assertThat(states(setup(choices().put("admission", "admin-approval")))).containsEntry("clients", "done");
        assertThat(List.of(enabled(apps.pending()), enabled(apps.denied()), enabled(apps.approved())))
                .containsExactly(true, true, true);
        assertThat(List.of(state(apps.pending()), state(apps.denied()), state(apps.approved())))
                .containsExactly("pending", "denied", "approved");
        assertThat(realm.oauth().registered("Some App", "http://localhost/callback"))
                .isEqualTo(apps.pending());
        Await.until("the scope is made anew", Duration.ofSeconds(30), () -> realm.client(apps.approved())
                .path("optionalClientScopes")
                .toString()
                .contains("mcp:tools"));
        try (Visitor visitor = new Visitor(realm)) {
            assertThat(visitor.goes(request(apps.pending())).waits()).isTrue();
        }
        try (Visitor visitor = new Visitor(realm)) {
            String token = visitor.tokens(request(apps.approved()))
                    .path("access_token")
                    .asText();
            mcp.callTool(token, "whoami", Map.of()).expect(200);
        }
    }

    /** Keycloak gives out clients past its cache once a transaction has made one. */
    @Test
    void marksAClientOfAnMcpServerThatIsThereBesideANewOne() {
        realm.create("/clients", Json.object(Map.of("clientId", "https://mcp.example.com/mcp")));
        assertThat(resourceUrl("https://mcp.example.com/mcp").isMissingNode()).isTrue();

        setup(
                Json.object(
                        """
                {"resources": [{"url": "https://new.example.com/mcp"}, {"url": "https://mcp.example.com/mcp"}]}"""));
        assertThat(resourceUrl("https://mcp.example.com/mcp").asText()).isEqualTo("https://mcp.example.com/mcp");

        setup(Json.object(Map.of("undo", true)));
        assertThat(resourceUrl("https://mcp.example.com/mcp").isMissingNode()).isTrue();
    }

    @Test
    void undoKeepsWhatOthersChangedSince() {
        setup(choices());
        realm.change(Json.object(Map.of("accessCodeLifespanUserAction", 1234)));

        setup(Json.object(Map.of("undo", true)));

        assertThat(realm.get("").path("accessCodeLifespanUserAction").asInt()).isEqualTo(1234);
        assertThat(realm.get("").path("revokeRefreshToken").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"dryrun\": true}",
                "{\"admission\": \"everybody\"}",
                "{\"approvers\": [\"nobody\"]}",
                "{\"theme\": \"no-such-theme\"}",
                "{\"resources\": [{\"url\": \"/mcp\"}]}",
                "{\"resources\": [{\"url\": \"https://mcp.example.com/\", \"scopes\": [\"two words\"]}]}",
                "{\"undo\": true, \"admission\": \"open\"}",
                "[]"
            })
    void refusesAndChangesNothing(String request) {
        Map<String, Object> before = appearance();

        assertThat(realm.send("POST", "/mcp/setup", request)
                        .expect(400)
                        .json()
                        .path("errorMessage")
                        .asText())
                .isNotBlank();

        assertThat(appearance()).isEqualTo(before);
    }

    /** Who registers with a token at a door of Keycloak's own chooses the client id, and may take that of an MCP server to come. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesNoMcpServerOfRegisteredSoftware(boolean dryRun) {
        String url = "https://taken-%s.example.com/mcp".formatted(dryRun);
        realm.create("/clients", Json.object(Map.of("clientId", url, "attributes", Map.of("mcp.software", "some"))));
        ObjectNode request = choices().put("dryRun", dryRun);
        request.withArray("/resources").removeAll().addObject().put("url", url);
        Map<String, Object> before = appearance();

        HttpAnswer answer = realm.send("POST", "/mcp/setup", request.toString()).expect(400);

        assertThat(answer.json().path("errorMessage").asText()).contains(url);
        assertThat(appearance()).isEqualTo(before);
        realm.delete("/clients/" + realm.client(url).path("id").asText());
    }

    /** A database that takes the first steps and refuses the last one. */
    @Test
    void aFailureInTheMiddleChangesNothing(Database database) {
        Map<String, Object> before = appearance();
        database.execute("alter table component add constraint no_mcp check (provider_id <> 'mcp-client') not valid");
        try {
            assertThat(realm.send("POST", "/mcp/setup", choices().toString()).status())
                    .isGreaterThanOrEqualTo(400);
        } finally {
            database.execute("alter table component drop constraint no_mcp");
        }
        assertThat(appearance()).isEqualTo(before);
        assertThat(states(setup(choices()))).containsEntry("policies", "done");
    }

    @Test
    void needsManageRealmAndIsAnAdminEvent() {
        realm.change(Json.object(Map.of("adminEventsEnabled", true, "adminEventsDetailsEnabled", true)));
        setup(choices());
        assertThat(realm.adminEvents().findValuesAsText("resourceType")).contains("MCP_SETUP");

        realm.create("/roles", Json.object(Map.of("name", "other")));
        HttpAnswer asUser = Http.send(
                "POST",
                server.url("/admin/realms/" + realm.name() + "/mcp/setup"),
                "{}",
                "Authorization",
                "Bearer " + userToken());
        assertThat(asUser.status()).isEqualTo(403);
    }

    /** The command line that the documentation shows. */
    @Test
    void runsFromTheCommandLine(@TempDir Path home) {
        Kcadm kcadm = Kcadm.signedIn(server, home);
        String options = " -r " + realm.name() + " -s admission=user-approval"
                + " -s 'resources=[{\"url\": \"" + mcp.resource() + "\", \"scopes\": [\"mcp:tools\"]}]'"
                + " -s 'approvers=[\"alice\"]'";

        assertThat(kcadm.run("kcadm.sh create mcp/setup -o" + options + " -s dryRun=true"))
                .contains("to-do")
                .doesNotContain("\"done\"");
        assertThat(kcadm.run("kcadm.sh create mcp/setup -o" + options)).contains("\"done\"");
        assertThat(kcadm.run("kcadm.sh create mcp/setup -o -r " + realm.name() + " -s undo=true"))
                .contains("\"done\"");
    }

    private static final String POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

    /** A realm as an admin would move it: exported by a Keycloak without our JARs. */
    private static ObjectNode exportedFrom(KeycloakServer stock) {
        String name = TestRealm.freshName();
        try (TestRealm original = TestRealm.create(stock, Json.object(Map.of("realm", name, "enabled", true)))) {
            return Json.object(original.send("POST", "/partial-export?exportClients=true&exportGroupsAndRoles=true", "")
                    .expect(200)
                    .body());
        }
    }

    private ObjectNode choices() {
        return Json.object(Map.of(
                "admission",
                "user-approval",
                "approvers",
                List.of("alice"),
                "theme",
                "keycloak",
                "resources",
                List.of(Map.of("url", mcp.resource().toString(), "scopes", List.of("mcp:tools")))));
    }

    private JsonNode setup(ObjectNode request) {
        return realm.send("POST", "/mcp/setup", request.toString()).expect(200).json();
    }

    private static Map<String, String> states(JsonNode answer) {
        Map<String, String> states = new LinkedHashMap<>();
        answer.path("steps")
                .forEach(step ->
                        states.put(step.path("id").asText(), step.path("state").asText()));
        return states;
    }

    /** Discovery, what registration answers, and the configuration of the realm, without registered clients. */
    private Map<String, Object> appearance() {
        Map<String, Object> seen = new LinkedHashMap<>();
        for (String document : List.of("oauth-authorization-server", "openid-configuration")) {
            JsonNode metadata =
                    Http.get(realm.url("/.well-known/" + document)).expect(200).json();
            sort(metadata, "scopes_supported");
            seen.put(document, metadata);
        }
        for (String door : List.of("mcp", "openid-connect", "default")) {
            HttpAnswer answer = realm.oauth()
                    .registerAt(door, "{\"client_name\": \"A\", \"redirect_uris\": [\"http://localhost/cb\"]}");
            seen.put(door, answer.status() + answer.body());
        }
        ObjectNode configuration = realm.get("").deepCopy();
        seen.put("realm", configuration);
        seen.put("policies", byId(realm.get("/components?type=" + POLICIES)));
        seen.put("required actions", realm.get("/authentication/required-actions"));
        seen.put("roles", byId(realm.get("/roles")));
        seen.put("client scopes", byId(realm.get("/client-scopes")));
        Map<String, JsonNode> clients = byId(realm.get("/clients?max=1000"));
        clients.values()
                .removeIf(client -> client.at("/attributes/mcp.software").isTextual());
        clients.values().forEach(client -> sort(client, "defaultClientScopes", "optionalClientScopes"));
        seen.put("clients", clients);
        return seen;
    }

    /** Keycloak lists scopes in no order. */
    private static void sort(JsonNode holder, String... lists) {
        for (String list : lists) {
            List<String> names = new ArrayList<>();
            holder.path(list).forEach(name -> names.add(name.asText()));
            names.sort(null);
            names.forEach(((ObjectNode) holder).putArray(list)::add);
        }
    }

    private static Map<String, JsonNode> byId(JsonNode list) {
        Map<String, JsonNode> byId = new TreeMap<>();
        list.forEach(item -> byId.put(item.path("id").asText(), item));
        return byId;
    }

    private boolean enabled(String client) {
        return realm.client(client).path("enabled").asBoolean();
    }

    private String state(String client) {
        return realm.client(client).at("/attributes/mcp.state").asText();
    }

    private JsonNode resourceUrl(String client) {
        return realm.client(client).at("/attributes/resource_url");
    }

    private Authorization request(String client) {
        return realm.oauth()
                .authorization(client, "http://localhost:4711/callback")
                .scope("openid mcp:tools")
                .resource(mcp.resource().toString());
    }

    /** Clients of software in each state. */
    private record Apps(String pending, String denied, String approved) {}

    private Apps registerApps() {
        Apps apps = new Apps(
                realm.oauth().registered("Some App", "http://localhost/callback"),
                realm.oauth().registered("Other App", "http://localhost/callback"),
                realm.oauth().registered("Third App", "http://localhost/callback"));
        decide("Other App", "deny");
        decide("Third App", "approve");
        return apps;
    }

    private void decide(String name, String decision) {
        JsonNode row =
                realm.get("/mcp/software?search=" + name.replace(" ", "%20")).get(0);
        realm.send("POST", "/mcp/software/" + row.path("id").asText() + "/" + decision, "{}")
                .expect(200);
    }

    private static void allow(ChromiumBrowser browser, URI authorization) {
        browser.open(authorization);
        if (browser.offers("password")) {
            browser.signIn("alice", "alice");
        }
        browser.await("mcp-allow");
        browser.click("mcp-allow");
    }

    private String userToken() {
        return realm.oauth()
                .token(Map.of(
                        "grant_type", "password", "client_id", "admin-cli", "username", "alice", "password", "alice"))
                .expect(200)
                .json()
                .path("access_token")
                .asText();
    }
}
