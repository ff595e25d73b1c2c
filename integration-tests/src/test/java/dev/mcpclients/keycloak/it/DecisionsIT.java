package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Admin REST: who sees software, who decides, and what stays of it. */
@KeycloakTest
final class DecisionsIT {

    private final KeycloakServer server;
    private final TestRealm realm;
    private final OAuthClient oauth;
    private final Database database;

    DecisionsIT(KeycloakServer server, TestRealm realm, OAuthClient oauth, Database database) {
        this.database = database;
        this.server = server;
        this.realm = realm;
        this.oauth = oauth;
    }

    @BeforeEach
    void letAdminsDecide() {
        realm.admission("admin-approval");
    }

    @Test
    void listsSoftwareByStateWithSearchAndPaging() {
        for (int i = 0; i < 5; i++) {
            oauth.registered("Paged %d 100%%_".formatted(i), "http://localhost/cb");
        }
        assertThat(realm.get("/mcp/software?state=pending&search=PAGED&max=2")).hasSize(2);
        Set<String> seen = new HashSet<>();
        for (int first = 0; first < 6; first += 2) {
            realm.get("/mcp/software?search=paged&max=2&first=" + first)
                    .forEach(row -> seen.add(row.path("name").asText()));
        }
        assertThat(seen).hasSize(5);
        assertThat(realm.get("/mcp/software?search=paged%250")).isEmpty();
        assertThat(realm.get("/mcp/software?state=denied&search=paged")).isEmpty();
        assertThat(realm.get("/mcp/software/count").path("pending").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(realm.send("GET", "/mcp/software?state=maybe", "").status()).isEqualTo(400);
        assertThat(realm.send("GET", "/mcp/software?max=100000", "")
                        .expect(400)
                        .json()
                        .path("errorMessage")
                        .asText())
                .isEqualTo("max is 100000; it is a number from 1 to 200");
    }

    @Test
    void everyDecisionChangesTheClientAndLeavesAnAdminEvent() {
        String clientId = oauth.registered("Decided", "http://localhost/decided");
        JsonNode row = row("decided");
        String id = row.path("id").asText();
        assertThat(realm.get("/mcp/software/" + id).path("clients").get(0).asText())
                .isEqualTo(clientId);

        realm.send("POST", "/mcp/software/" + id + "/approve", "{\"reason\": \"Known vendor\"}")
                .expect(200);
        assertThat(realm.client(clientId).at("/attributes/mcp.state").asText()).isEqualTo("approved");
        assertThat(realm.client(clientId).at("/attributes/mcp.basis").asText()).isEqualTo("decision");

        realm.send("POST", "/mcp/software/" + id + "/deny", "{\"reason\": \"Leaks\"}")
                .expect(200);
        JsonNode denied = realm.client(clientId);
        assertThat(denied.at("/attributes/mcp.state").asText()).isEqualTo("denied");
        assertThat(denied.at("/attributes/mcp.reason").asText()).isEqualTo("Leaks");
        assertThat(denied.path("enabled").asBoolean()).isTrue();
        assertThat(denied.path("notBefore").asLong()).isPositive();

        realm.send("POST", "/mcp/software/" + id + "/reopen", "{}").expect(200);
        assertThat(realm.client(clientId).at("/attributes/mcp.state").asText()).isEqualTo("pending");

        assertThat(realm.adminEvents().toString())
                .contains(
                        "mcp/software/" + id + "/approve",
                        "mcp/software/" + id + "/deny",
                        "mcp/software/" + id + "/reopen");
    }

    @Test
    void twoApproversAtOnceDoNotDecideOverEachOther() {
        oauth.registered("Contested", "http://localhost/contested");
        JsonNode row = row("contested");
        String path = "/mcp/software/" + row.path("id").asText();
        String body = "{\"version\": %d}".formatted(row.path("version").asInt());
        realm.send("POST", path + "/approve", body).expect(200);
        HttpAnswer late = realm.send("POST", path + "/deny", body);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().path("errorMessage").asText())
                .contains(
                        "the software is approved",
                        "decided by admin at "
                                + realm.get(path).path("decidedAt").asText());
        assertThat(realm.get(path).path("state").asText()).isEqualTo("approved");
    }

    @Test
    void thePendingCountFollowsDecisions() {
        int before = realm.get("/mcp/software/count").path("pending").asInt();
        oauth.registered("Counted once", "http://localhost/counted");
        oauth.registered("Counted once", "http://localhost:99/counted");
        assertThat(realm.get("/mcp/software/count").path("pending").asInt()).isEqualTo(before + 1);
        String path = "/mcp/software/" + row("counted once").path("id").asText();
        realm.send("POST", path + "/approve", "{}").expect(200);
        realm.send("POST", path + "/approve", "{}").expect(200);
        assertThat(realm.get("/mcp/software/count").path("pending").asInt()).isEqualTo(before);
        realm.send("POST", path + "/reopen", "{}").expect(409);
        realm.send("POST", path + "/suspend", "{}").expect(200);
        assertThat(realm.get("/mcp/software/count").path("pending").asInt()).isEqualTo(before + 1);
        realm.send("POST", path + "/suspend", "{}").expect(409);
    }

    /** A22 */
    @Test
    void onlyDecidersOfThisRealmSeeAnything() {
        oauth.registered("Secret product", "http://localhost/secret");
        String id = row("secret product").path("id").asText();
        try (TestRealm other = TestRealm.create(server, RealmTemplate.mcp())) {
            for (String path : new String[] {
                "/mcp/software", "/mcp/software/count", "/mcp/software/" + id, "/mcp/software/" + id + "/approve"
            }) {
                assertForbidden(realm, path, token(realm, "alice"));
                assertForbidden(realm, path, token(other, "bob"));
            }
            HttpAnswer elsewhere = call(other, "GET", "/mcp/software/" + id, token(other, "bob"));
            assertThat(elsewhere.status()).isEqualTo(404);
            assertThat(call(realm, "GET", "/mcp/software/" + id, token(realm, "bob"))
                            .expect(200)
                            .json()
                            .path("name")
                            .asText())
                    .isEqualTo("Secret product");
        }
    }

    @Test
    void anApproverDecidesWithoutBeingAnAdmin() {
        oauth.registered("For bob", "http://localhost/bob");
        String id = row("for bob").path("id").asText();
        JsonNode decided = call(realm, "POST", "/mcp/software/" + id + "/approve", token(realm, "bob"))
                .expect(200)
                .json();
        assertThat(decided.path("state").asText()).isEqualTo("approved");
        assertThat(decided.path("decidedBy").asText()).isEqualTo("bob");
    }

    @Test
    void keepsWhatWasDecidedWhenTheSoftwareIsGone() {
        String clientId = oauth.registered("Gone later", "http://localhost/gone");
        String id = row("gone later").path("id").asText();
        String path = "/mcp/software/" + id;
        realm.send("POST", path + "/approve", "{\"reason\": \"Fine\", \"limits\": {\"scopes\": [\"mcp:tools\"]}}")
                .expect(200);
        realm.send("POST", path + "/suspend", "{\"reason\": \"For now\"}").expect(200);

        JsonNode decisions = realm.get(path + "/decisions");
        assertThat(decisions).hasSize(2);
        assertThat(decisions.at("/0/action").asText()).isEqualTo("suspend");
        assertThat(decisions.at("/0/before").asText()).isEqualTo("approved");
        assertThat(decisions.at("/0/after").asText()).isEqualTo("pending");
        JsonNode approval = decisions.get(1);
        assertThat(approval.path("by").asText()).isEqualTo("admin");
        assertThat(approval.path("byRealm").asText()).isEqualTo("master");
        assertThat(approval.path("reason").asText()).isEqualTo("Fine");
        assertThat(approval.at("/limits/scopes/0").asText()).isEqualTo("mcp:tools");
        assertThat(approval.at("/snapshot/form").asText()).contains("Gone later", "http://localhost/gone");
        assertThat(approval.at("/snapshot/clients/0").asText()).isEqualTo(clientId);

        database.execute("delete from mcp_software where id = '" + id + "'");
        JsonNode kept = realm.get("/mcp/decisions?max=2");
        assertThat(kept.at("/0/softwareId").asText()).isEqualTo(id);
        JsonNode next =
                realm.get("/mcp/decisions?max=1&after=" + kept.at("/0/id").asText());
        assertThat(next.at("/0/id").asText()).isEqualTo(kept.at("/1/id").asText());
        assertThat(realm.get("/mcp/decisions/export").toString()).contains(id);
        assertThat(call(realm, "GET", "/mcp/decisions/export", token(realm, "bob"))
                        .status())
                .isEqualTo(403);
        assertThat(call(realm, "GET", "/mcp/decisions", token(realm, "bob")).status())
                .isEqualTo(200);
        assertThat(realm.adminEvents().toString()).contains("mcp/decisions/export");
        assertThat(realm.send("GET", "/mcp/decisions?after=none", "").status()).isEqualTo(400);
    }

    @Test
    void showsEarlierDecisionsAboutLookAlikes() {
        oauth.registered("Looks Alike", "http://localhost/one");
        String first = row("looks alike").path("id").asText();
        realm.send("POST", "/mcp/software/" + first + "/deny", "{\"reason\": \"Phishing\"}")
                .expect(200);
        oauth.registered("L00ks-AIike", "http://localhost/two");

        JsonNode alike =
                realm.get("/mcp/software/" + row("l00ks").path("id").asText()).path("lookAlikes");

        assertThat(alike).hasSize(1);
        assertThat(alike.at("/0/softwareId").asText()).isEqualTo(first);
        assertThat(alike.at("/0/reason").asText()).isEqualTo("Phishing");
    }

    /** Two who decide about the same software, each in another order, must not wait for each other in a circle. */
    @Test
    void locksManyInOneOrderWhateverOrderIsAsked() {
        oauth.registered("Order one", "http://localhost/o1");
        oauth.registered("Order two", "http://localhost/o2");
        List<String> ids = Stream.of("order one", "order two")
                .map(name -> row(name).path("id").asText())
                .sorted()
                .toList();
        String lock = "select 1 from mcp_software where id = '%s' for update";
        List<CompletableFuture<HttpAnswer>> answer = new ArrayList<>();

        database.holdingDuring(lock.formatted(ids.get(0)), () -> {
            answer.add(CompletableFuture.supplyAsync(() -> realm.send(
                    "POST", "/mcp/software/approve", "{\"ids\": [\"%s\", \"%s\"]}".formatted(ids.get(1), ids.get(0)))));
            Await.until("it waits for the first", Duration.ofSeconds(30), () -> database.waiting() > 0);
            database.execute(lock.formatted(ids.get(1)) + " nowait");
        });

        answer.get(0).join().expect(200);
    }

    @Test
    void decidesAboutManyAtOnceAndTellsOfEach() {
        oauth.registered("Many one", "http://localhost/m1");
        oauth.registered("Many two", "http://localhost/m2");
        String one = row("many one").path("id").asText();
        String two = row("many two").path("id").asText();
        String body = "{\"ids\": [\"%s\", \"%s\", \"nothing\"], \"reason\": \"Both\"}".formatted(one, two);

        JsonNode answers =
                realm.send("POST", "/mcp/software/approve", body).expect(200).json();

        assertThat(answers).hasSize(3);
        answers.forEach(answer -> assertThat(answer.path("status").asInt())
                .isEqualTo(answer.path("id").asText().equals("nothing") ? 404 : 200));
        assertThat(realm.get("/mcp/software/" + one).path("state").asText()).isEqualTo("approved");
        assertThat(realm.get("/mcp/software/" + two).path("reason").asText()).isEqualTo("Both");
        realm.send("POST", "/mcp/software/deny", body).expect(200);
        assertThat(realm.get("/mcp/software/" + two).path("state").asText()).isEqualTo("denied");
        for (String id : new String[] {one, two}) {
            realm.send("POST", "/mcp/software/" + id + "/reopen", "{}").expect(200);
        }
        String suspended = "{\"ids\": [\"%s\"], \"reason\": \"Fine\"}".formatted(one);
        JsonNode told = realm.send("POST", "/mcp/software/approve", suspended)
                .expect(200)
                .json()
                .get(0);
        assertThat(told.path("name").asText()).isEqualTo("Many one");
        assertThat(told.path("state").asText()).isEqualTo("approved");
        assertThat(told.path("decidedBy").asText()).isEqualTo("admin");
        assertThat(told.path("decidedAt").asText()).isNotEmpty();
        assertThat(realm.send("GET", "/mcp/software/%00", "").status()).isEqualTo(404);
        for (String wrong : List.of("{\"ids\": []}", "{\"ids\": [\"\\u0000\"]}", body.replace("Both", "Bo\\u0000th"))) {
            assertThat(realm.send("POST", "/mcp/software/approve", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(realm.send("POST", "/mcp/software/approve", "{\"ids\": [%s\"x\"]}".formatted("\"x\",".repeat(200)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void listsByEvidenceAndGoesOnAfterTheLastOfAPage() {
        oauth.registered("Evident one", "http://localhost/e1");
        oauth.registered("Evident two", "https://apps.example.com/e2");
        assertThat(realm.get("/mcp/software?search=evident&evidence=domain")).hasSize(1);
        assertThat(realm.get("/mcp/software?search=evident&evidence=known")).isEmpty();
        JsonNode first = realm.get("/mcp/software?search=evident&max=1");
        JsonNode second = realm.get(
                "/mcp/software?search=evident&max=1&after=" + first.at("/0/id").asText());
        assertThat(first.at("/0/name").asText())
                .isNotEqualTo(second.at("/0/name").asText());
        for (String wrong : new String[] {"evidence=some", "after=nothing", "first=-1", "first=10001", "door=window"}) {
            assertThat(realm.send("GET", "/mcp/software?" + wrong, "").status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    private void assertForbidden(TestRealm target, String path, String token) {
        HttpAnswer answer = call(target, path.endsWith("approve") ? "POST" : "GET", path, token);
        assertThat(answer.status()).as(path).isIn(401, 403);
        assertThat(answer.body()).doesNotContain("Secret product");
    }

    private HttpAnswer call(TestRealm target, String method, String path, String token) {
        return Http.send(
                method,
                server.url("/admin/realms/" + target.name() + path),
                "POST".equals(method) ? "{}" : "",
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
    }

    /** By Keycloak's own command line client, which kcadm.sh uses. */
    private static String token(TestRealm realm, String user) {
        URI endpoint = realm.url("/protocol/openid-connect/token");
        return Http.postForm(
                        endpoint,
                        Map.of("grant_type", "password", "client_id", "admin-cli", "username", user, "password", user))
                .expect(200)
                .json()
                .path("access_token")
                .asText();
    }

    private JsonNode row(String search) {
        JsonNode rows = realm.get("/mcp/software?search=" + search.replace(" ", "%20"));
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
