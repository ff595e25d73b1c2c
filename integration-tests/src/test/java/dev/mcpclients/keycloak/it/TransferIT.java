package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Jwt;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Software, decisions and history move from realm to realm, once, and never become more than they were. */
@KeycloakTest
final class TransferIT {

    private static final String LOOPBACK = "http://localhost/callback";

    private final Database database;
    private final TestRealm from;
    private final TestRealm to;

    TransferIT(KeycloakServer server, Database database) {
        this.database = database;
        this.from = TestRealm.create(server, RealmTemplate.mcp().with("MCP_ADMISSION", "admin-approval"));
        this.to = TestRealm.create(server, RealmTemplate.mcp().with("MCP_ADMISSION", "admin-approval"));
    }

    @AfterEach
    void removeTheRealms() {
        from.close();
        to.close();
    }

    @Test
    void whatWasDecidedHoldsInTheOtherRealmToo() {
        String approved = registered("Approved App");
        String denied = registered("Denied App");
        String pending = registered("Pending App");
        decide("Approved App", "approve", "{\"reason\": \"Pilot\", \"limits\": {\"scopes\": [\"mcp:tools\"]}}");
        decide("Approved App", "suspend", "{}");
        decide("Approved App", "approve", "{\"reason\": \"Known vendor\", \"limits\": {\"scopes\": [\"mcp:tools\"]}}");
        decide("Denied App", "deny", "{\"reason\": \"Leaks\"}");
        JsonNode export = export("");
        assertThat(export.toString()).doesNotContain("secret");

        JsonNode plan = bring(export, "?dryRun=true");
        assertThat(plan.path("software")).isEqualTo(Json.parse("{\"added\": 3}"));
        assertThat(plan.path("decisions").path("added").asInt()).isEqualTo(4);
        assertThat(to.get("/mcp/software")).isEmpty();
        assertThat(to.get("/mcp/decisions")).isEmpty();

        JsonNode done = bring(export, "");
        assertThat(masked(done)).isEqualTo(masked(plan));
        assertThat(to.get("/mcp/software/count")).isEqualTo(from.get("/mcp/software/count"));
        assertThat(to.get("/mcp/software/count"))
                .isEqualTo(Json.parse("{\"pending\": 1, \"approved\": 1, \"denied\": 1}"));
        assertThat(history(to)).isEqualTo(history(from));

        try (Visitor visitor = new Visitor(to)) {
            JsonNode tokens = visitor.tokens(request(approved));
            assertThat(Jwt.audience(tokens.path("access_token").asText())).containsExactly(TestRealm.RESOURCE);
            assertThat(visitor.goes(request(pending)).waits()).isTrue();
        }
        assertThat(to.client(denied).at("/attributes/mcp.state").asText()).isEqualTo("denied");
        assertThat(to.client(denied).at("/attributes/mcp.reason").asText()).isEqualTo("Leaks");
        assertThat(to.oauth().registered("Approved App", LOOPBACK)).isEqualTo(approved);
    }

    @Test
    void theSameAgainChangesNothing() {
        registered("Approved App");
        registered("Denied App");
        decide("Approved App", "approve", "{}");
        decide("Denied App", "deny", "{}");
        JsonNode export = export("");
        bring(export, "");
        Map<String, Long> rows = database.rowCounts();
        List<JsonNode> software = shown(to);

        JsonNode again = bring(export, "");

        assertThat(again.path("software")).isEqualTo(Json.parse("{\"unchanged\": 2}"));
        assertThat(again.path("decisions").path("added").asInt()).isZero();
        assertThat(again.findValuesAsText("outcome")).containsOnly("unchanged");
        assertThat(shown(to)).isEqualTo(software);
        // Nothing comes back to where it came from either.
        JsonNode back = from.send("POST", "/mcp/import", to.get("/mcp/export").toString())
                .expect(200)
                .json();
        assertThat(back.findValuesAsText("outcome")).containsOnly("unchanged");
        assertThat(without(database.rowCounts(), "admin_event_entity")).isEqualTo(without(rows, "admin_event_entity"));
    }

    @Test
    void clientsThatCameWithTheRealmWaitUntilTheImport() {
        String approved = registered("Approved App");
        decide("Approved App", "approve", "{}");
        ObjectNode client = from.client(approved).deepCopy();
        client.remove("id");
        to.create("/clients", client);
        assertThat(to.client(approved).at("/attributes/mcp.state").asText()).isEqualTo("approved");
        try (Visitor visitor = new Visitor(to)) {
            assertThat(visitor.goes(request(approved)).waits()).isTrue();
        }

        JsonNode done = bring(export(""), "");
        assertThat(done.at("/rows/0/clients/0/outcome").asText()).isEqualTo("linked");
        try (Visitor visitor = new Visitor(to)) {
            visitor.tokens(request(approved));
        }
    }

    @Test
    void theNewerDecisionHolds() {
        String approved = registered("Approved App");
        decide("Approved App", "approve", "{}");
        JsonNode old = export("");
        bring(old, "");
        decide(to, "Approved App", "deny", "{}");

        assertThat(bring(old, "").path("software")).isEqualTo(Json.parse("{\"kept\": 1}"));
        assertThat(to.client(approved).at("/attributes/mcp.state").asText()).isEqualTo("denied");

        // Decided again where it came from: newer than both.
        decide("Approved App", "approve", "{\"reason\": \"Reviewed\"}");
        assertThat(bring(export(""), "").path("software")).isEqualTo(Json.parse("{\"changed\": 1}"));
        assertThat(to.client(approved).at("/attributes/mcp.state").asText()).isEqualTo("approved");
        assertThat(to.get("/mcp/decisions")).hasSize(3);
    }

    @Test
    void noRowBecomesAnApprovalThatNobodyGave() {
        registered("Some App");
        registered("Once Approved App");
        decide("Once Approved App", "approve", "{}");
        JsonNode stale = row(export(""), "Once Approved App");
        decide("Once Approved App", "suspend", "{}");
        JsonNode suspended = row(export(""), "Once Approved App");
        ObjectNode some = (ObjectNode) row(export(""), "Some App");

        List<ObjectNode> forged = List.of(
                some.deepCopy().put("state", "approved").put("basis", "decision"),
                some.deepCopy()
                        .put("state", "approved")
                        .put("basis", "decision")
                        .put("decidedAt", "2020-01-01T00:00:00Z"),
                some.deepCopy().put("state", "approved").put("basis", "open"),
                some.deepCopy().put("state", "APPROVED"),
                some.deepCopy().put("form", some.path("form").asText().replace("callback", "callbacks")),
                some.deepCopy().put("name", "Other App"),
                some.deepCopy()
                        .put("state", "approved")
                        .put("basis", "decision")
                        .put("decidedAt", "2999-01-01T00:00:00Z"),
                withDecisionsOf((ObjectNode) stale, suspended),
                withDecisionsOf(
                        some.deepCopy()
                                .put("state", "approved")
                                .put("basis", "decision")
                                .put("decidedAt", stale.at("/decisions/0/at").asText()),
                        stale));
        for (ObjectNode row : forged) {
            JsonNode answer = bring(page(row), "");
            assertThat(answer.path("rows").findValuesAsText("state"))
                    .as(answer.toString())
                    .doesNotContain("approved");
        }
        assertThat(to.get("/mcp/software?state=approved")).isEmpty();
        assertThat(to.get("/clients?max=1000").findValuesAsText("mcp.state")).doesNotContain("approved");
    }

    /** An administrator's list is a decision of its own, and holds where the client is listed too. */
    @Test
    void aListedClientIsApprovedWhereItIsListed() {
        JsonNode listed = Json.object(
                """
                {"clientId": "acme-agent", "name": "Acme Agent", "publicClient": true, "protocol": "openid-connect",
                 "redirectUris": ["https://acme.example/cb"],
                 "attributes": {"mcp.preregistered": "true", "pkce.code.challenge.method": "S256"}}""");
        from.create("/clients", listed);
        from.oauth().registered("Whatever it says", "https://acme.example/cb");
        assertThat(from.get("/mcp/software/count").path("approved").asInt()).isEqualTo(1);
        JsonNode export = export("");

        JsonNode unlisted = row(bring(export, ""), "Acme Agent");
        assertThat(unlisted.path("state").asText()).isEqualTo("pending");
        assertThat(unlisted.at("/clients/0/outcome").asText()).isEqualTo("missing");

        to.create("/clients", listed);
        JsonNode here = row(bring(export, ""), "Acme Agent");
        assertThat(here.path("state").asText()).isEqualTo("approved");
        assertThat(here.at("/clients/0/outcome").asText()).isEqualTo("linked");
        assertThat(row(bring(export, ""), "Acme Agent").path("outcome").asText())
                .isEqualTo("unchanged");
        assertThat(to.client("acme-agent").at("/attributes/mcp.state").asText()).isEqualTo("approved");
    }

    @Test
    void tellsWhatItCannotTake() {
        from.create("/groups", Json.object(Map.of("name", "staff")));
        registered("Limited App");
        decide("Limited App", "approve", "{\"limits\": {\"groups\": [\"/staff\"]}}");
        from.oauth()
                .register(
                        """
                        {"client_name": "Own App", "redirect_uris": ["https://own.example/cb"],
                         "token_endpoint_auth_method": "client_secret_basic"}""")
                .expect(201);
        registered("Elsewhere App");
        to.oauth().registered("Elsewhere App", LOOPBACK);
        ObjectNode page = (ObjectNode) export("");
        ((ArrayNode) page.path("software")).add("nonsense");

        JsonNode answer = bring(page, "");

        assertThat(row(answer, "Limited App").path("state").asText()).isEqualTo("pending");
        assertThat(row(answer, "Limited App").path("notes").toString())
                .contains("groups names /staff, which the realm does not have");
        assertThat(row(answer, "Own App").at("/clients/0/outcome").asText()).isEqualTo("missing");
        assertThat(row(answer, "Own App").path("notes").toString()).contains("the export of the realm carries it");
        assertThat(row(answer, "Elsewhere App").path("notes").toString()).contains("this realm gives out");
        assertThat(answer.at("/software/refused").asInt()).isEqualTo(1);

        // With the group it is approved as it was: for its members.
        to.create("/groups", Json.object(Map.of("name", "staff")));
        assertThat(row(bring(export(""), ""), "Limited App").path("state").asText())
                .isEqualTo("approved");
        assertThat(to.get("/mcp/software?search=limited")
                        .at("/0/limits/groups/0")
                        .asText())
                .isEqualTo("/staff");
    }

    @Test
    void comesInPagesAndWithTheHistoryOfWhatIsGone() {
        for (int i = 0; i < 5; i++) {
            registered("App " + i);
            decide("App " + i, "approve", "{}");
        }
        database.execute("delete from mcp_software where name = 'App 3'");
        int pages = 0;
        String after = "";
        while (after != null) {
            JsonNode page = export(after.isEmpty() ? "?max=2" : "?max=2&after=" + after);
            bring(page, "");
            pages++;
            after = page.hasNonNull("next") ? page.get("next").asText() : null;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(to.get("/mcp/software")).hasSize(4);
        assertThat(history(to)).isEqualTo(history(from)).hasSize(5);
        assertThat(from.send("GET", "/mcp/export?max=1001", "").status()).isEqualTo(400);
        assertThat(from.send("GET", "/mcp/export?after=x", "").status()).isEqualTo(400);
        assertThat(to.send("POST", "/mcp/import", "[]").status()).isEqualTo(400);
        assertThat(to.send("POST", "/mcp/import", "{\"format\": 2}").status()).isEqualTo(400);
    }

    @Test
    void isForRealmAdminsAndLeavesAnAdminEvent() {
        bring(export(""), "");

        assertThat(from.adminEvents().findValuesAsText("resourceType")).contains("MCP_EXPORT");
        assertThat(to.adminEvents().findValuesAsText("resourceType")).contains("MCP_IMPORT");
        String token = to.oauth()
                .token(Map.of("grant_type", "password", "client_id", "admin-cli", "username", "bob", "password", "bob"))
                .expect(200)
                .json()
                .path("access_token")
                .asText();
        URI export = to.server().url("/admin/realms/" + to.name() + "/mcp/export");
        URI bring = to.server().url("/admin/realms/" + to.name() + "/mcp/import");
        assertThat(Http.get(export, "Authorization", "Bearer " + token).status())
                .isEqualTo(403);
        assertThat(Http.postJson(bring, "{\"format\": 1}", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(403);
    }

    private String registered(String name) {
        return from.oauth().registered(name, LOOPBACK);
    }

    private JsonNode export(String query) {
        return from.get("/mcp/export" + query);
    }

    private JsonNode bring(JsonNode export, String query) {
        return to.send("POST", "/mcp/import" + query, export.toString())
                .expect(200)
                .json();
    }

    private void decide(String name, String action, String body) {
        decide(from, name, action, body);
    }

    private static void decide(TestRealm realm, String name, String action, String body) {
        String id = realm.get("/mcp/software?search=" + name.replace(" ", "%20"))
                .at("/0/id")
                .asText();
        realm.send("POST", "/mcp/software/" + id + "/" + action, body).expect(200);
    }

    private static JsonNode row(JsonNode page, String name) {
        JsonNode rows = page.has("rows") ? page.path("rows") : page.path("software");
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> name.equals(row.path("name").asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " in " + page));
    }

    private ObjectNode page(ObjectNode row) {
        ObjectNode page = Json.object(Map.of("format", 1, "realm", from.name()));
        page.putArray("software").add(row);
        return page;
    }

    private static ObjectNode withDecisionsOf(ObjectNode row, JsonNode other) {
        ObjectNode changed = row.deepCopy();
        changed.set("decisions", other.path("decisions"));
        return changed;
    }

    /** Ids are made anew where the realm it comes from is on the same server. */
    private static JsonNode masked(JsonNode answer) {
        ObjectNode masked = answer.deepCopy();
        masked.remove("dryRun");
        masked.path("rows").forEach(row -> ((ObjectNode) row).remove("id"));
        return masked;
    }

    /** Decisions without what a realm makes anew: ids of rows and groups. */
    private static List<JsonNode> history(TestRealm realm) {
        List<JsonNode> history = new ArrayList<>();
        realm.get("/mcp/decisions").forEach(decision -> {
            ObjectNode seen = decision.deepCopy();
            seen.remove(List.of("id", "softwareId"));
            history.add(seen);
        });
        return history;
    }

    private static List<JsonNode> shown(TestRealm realm) {
        List<JsonNode> shown = new ArrayList<>();
        realm.get("/mcp/software").forEach(shown::add);
        return shown;
    }

    private static Map<String, Long> without(Map<String, Long> rows, String table) {
        Map<String, Long> fewer = new TreeMap<>(rows);
        fewer.remove(table);
        return fewer;
    }

    private Authorization request(String client) {
        OAuthClient oauth = to.oauth();
        return oauth.authorization(client, "http://localhost:4711/callback")
                .scope("openid mcp:tools")
                .resource(TestRealm.RESOURCE);
    }
}
