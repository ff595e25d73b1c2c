package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.HtmlUnitBrowser;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approvers see the queue and decide on a page of their own, without JavaScript; nobody else sees anything. */
@KeycloakTest
final class ApprovalsPageIT {

    private static final String LOOPBACK = "http://localhost/callback";

    private final KeycloakServer server;
    private final McpSetup setup;
    private final TestRealm realm;
    private final OAuthClient oauth;
    private HtmlUnitBrowser bob;

    ApprovalsPageIT(KeycloakServer server, McpSetup setup) {
        this.server = server;
        this.setup = setup;
        this.realm = setup.realm();
        this.oauth = realm.oauth();
        this.bob = new HtmlUnitBrowser(server);
    }

    @BeforeEach
    void letApproversDecide() {
        realm.admission("admin-approval");
        bob = new HtmlUnitBrowser(server);
    }

    @AfterEach
    void close() {
        bob.close();
    }

    @Test
    void showsWhatWaitsToAnApproverWhoSignsIn() {
        String name = fresh("Waiting");
        oauth.registered(name, LOOPBACK, "https://app.example.com/cb");

        bob.open(page(""));
        assertThat(bob.title()).contains("Sign in");
        bob.signIn("bob", "bob");

        assertThat(bob.address()).isEqualTo(page("").toString());
        assertThat(bob.text()).contains(name, "Pending", "Not verified", "app.example.com", "Without a token");
        assertThat(bob.status()).isEqualTo(200);
    }

    @Test
    void approvesOneSoftwareWithAReasonAndTheWaitingLoginGoesOn() {
        String name = fresh("Approved");
        Authorization authorization = request(name);
        try (Visitor alice = new Visitor(realm)) {
            alice.goes(authorization);
            assertThat(alice.waits()).isTrue();
            alice.browser().click("mcp-explain");
            alice.browser().type("reason", "I need it for <b>my</b> work");
            alice.browser().click("mcp-send");

            open(name);
            assertThat(bob.text())
                    .contains(
                            "alice",
                            "I need it for",
                            "Nobody has checked this",
                            setup.resource().toString());
            assertThat(bob.markup()).doesNotContain("<b>my</b>");
            bob.type("reason", "Known to us");
            bob.click("mcp-approve");
            assertThat(bob.text()).contains("Approved: 1.", "Decided by bob", "Known to us");

            alice.browser().click("mcp-check");
            assertThat(alice.isAsked()).isTrue();
            oauth.exchange(authorization, alice.allows().code()).expect(200);
        }
        JsonNode row = row(name);
        assertThat(row.path("state").asText()).isEqualTo("approved");
        assertThat(row.path("decidedBy").asText()).isEqualTo("bob");
        assertThat(realm.adminEvents().toString())
                .contains("mcp/software/" + row.path("id").asText() + "/approve");
    }

    @Test
    void deniesWithAReasonThatTheUserReads() {
        String name = fresh("Denied");
        try (Visitor alice = new Visitor(realm)) {
            alice.goes(request(name));
            open(name);
            bob.type("reason", "It sends files to strangers");
            bob.click("mcp-deny");

            alice.browser().click("mcp-check");

            assertThat(alice.browser().text()).contains("not allowed", "It sends files to strangers");
        }
        assertThat(row(name).path("state").asText()).isEqualTo("denied");
    }

    @Test
    void suspendsAndReopens() {
        String name = fresh("Changing");
        oauth.registered(name, LOOPBACK);
        open(name);
        assertThat(bob.offers("mcp-suspend")).isFalse();
        decide("approve", "Good");
        decide("suspend", "A report came in");
        assertThat(row(name).path("state").asText()).isEqualTo("pending");
        decide("deny", "The report is right");
        assertThat(bob.offers("mcp-deny")).isFalse();
        decide("reopen", "Fixed by the vendor");

        assertThat(row(name).path("state").asText()).isEqualTo("pending");
        assertThat(bob.text()).contains("Good", "A report came in", "The report is right", "Fixed by the vendor");
    }

    @Test
    void decidesAboutSeveralAtOnce() {
        String name = fresh("Together");
        oauth.registered(name + " one", LOOPBACK);
        oauth.registered(name + " two", LOOPBACK);
        signedIn();
        bob.open(page("?search=" + encoded(name)));
        bob.click("mcp-pick-0");
        bob.click("mcp-pick-1");
        bob.type("reason", "The whole family is fine");
        bob.click("mcp-approve");

        assertThat(bob.text()).contains("Approved: 2.");
        assertThat(row(name + " one").path("state").asText()).isEqualTo("approved");
        assertThat(row(name + " two").path("reason").asText()).isEqualTo("The whole family is fine");
    }

    /** Each that somebody else has decided about is named, with who and when. */
    @Test
    void tellsWhichOfSeveralWereLeft() {
        String name = fresh("Partly");
        oauth.registered(name + " one", LOOPBACK);
        oauth.registered(name + " two", LOOPBACK);
        signedIn();
        bob.open(page("?search=" + encoded(name)));
        realm.send(
                        "POST",
                        "/mcp/software/" + row(name + " two").path("id").asText() + "/deny",
                        "{\"reason\": \"First\"}")
                .expect(200);
        bob.click("mcp-pick-0");
        bob.click("mcp-pick-1");
        bob.type("reason", "The whole family is fine");
        bob.click("mcp-approve");

        assertThat(bob.text())
                .contains(
                        "Approved: 1.",
                        "somebody has decided about them already: 1.",
                        name + " two: Denied. Decided by admin, ");
        assertThat(row(name + " one").path("state").asText()).isEqualTo("approved");
        assertThat(row(name + " two").path("state").asText()).isEqualTo("denied");
        bob.open(page("?search=" + encoded(name)));
        assertThat(bob.offers("mcp-left")).isFalse();
    }

    /** Limits that a list does not show are lifted by nobody who picks from it. */
    @Test
    void decidingTogetherLeavesLimitsOfWhatIsApprovedAlready() {
        String name = fresh("Already");
        String clientId = oauth.registered(name + " one", LOOPBACK);
        oauth.registered(name + " two", LOOPBACK);
        realm.send(
                        "POST",
                        "/mcp/software/" + row(name + " one").path("id").asText() + "/approve",
                        "{\"reason\": \"Pilot\", \"limits\": {\"scopes\": [\"mcp:tools\"]}}")
                .expect(200);
        signedIn();
        bob.open(page("?state=all&search=" + encoded(name)));
        bob.click("mcp-pick-0");
        bob.click("mcp-pick-1");
        bob.type("reason", "The whole family is fine");
        bob.click("mcp-approve");

        assertThat(bob.text()).contains("Approved: 1.", "decided about them already: 1.", name + " one: Approved.");
        assertThat(realm.client(clientId).at("/attributes/mcp.limits").asText()).contains("mcp:tools");
        bob.open(page("?state=approved"));
        assertThat(bob.offers("mcp-approve")).isFalse();
        assertThat(bob.offers("mcp-deny")).isTrue();
    }

    /** Forty at a time: nobody goes back to the list in between. */
    @Test
    void leadsFromOneDecisionToTheNextThatWaits() {
        String name = fresh("In a row");
        oauth.registered(name + " one", LOOPBACK);
        oauth.registered(name + " two", LOOPBACK);
        open(name + " two");
        assertThat(bob.offers("mcp-next-waiting")).isFalse();
        decide("approve", "Fine");
        bob.click("mcp-next-waiting");

        assertThat(bob.title()).contains(name + " one");
    }

    /** Everything that issue asks for, on the page and in admin REST. */
    @Test
    void showsAllThereIsToKnow() {
        String alike = fresh("Known to all");
        oauth.registered(alike, "http://localhost/other");
        realm.send(
                        "POST",
                        "/mcp/software/" + row(alike).path("id").asText() + "/deny",
                        "{\"reason\": \"Not this one\"}")
                .expect(200);
        String name = alike.replace("Known to all", "Kn0wn to all");
        String client = oauth.register(Json.object(Map.of(
                                "client_name",
                                name,
                                "redirect_uris",
                                List.of("https://agent.example.com/cb"),
                                "client_uri",
                                "https://agent.example.com/about",
                                "contacts",
                                List.of("help@agent.example.com"),
                                "software_version",
                                "1.2.3"))
                        .toString())
                .expect(201)
                .json()
                .path("client_id")
                .asText();
        Authorization authorization = oauth.authorization(client, "https://agent.example.com/cb")
                .scope("openid mcp:tools")
                .resource(setup.resource().toString());
        try (Visitor alice = new Visitor(realm)) {
            alice.goes(authorization);
            alice.browser().click("mcp-explain");
            alice.browser().type("reason", "For my reports");
            alice.browser().click("mcp-send");
            open(name);
            assertThat(bob.text())
                    .contains(
                            // what it says about itself
                            "https://agent.example.com/about",
                            "help@agent.example.com",
                            "1.2.3",
                            // what is proved, and where codes go
                            "Whoever owns the domain receives access",
                            "https://agent.example.com/cb",
                            // which resources and scopes
                            setup.resource().toString(),
                            "mcp:tools",
                            // who asked and why
                            "alice",
                            "For my reports",
                            // how many people use it, when registered, from where
                            "People who allowed it",
                            "Registered from the address",
                            "127.0.0.1",
                            "Without a token",
                            // earlier decisions on look-alikes
                            alike,
                            "Not this one");
            assertThat(bob.textOf("mcp-users")).isEqualTo("0");
            decide("approve", "Fine");
            alice.browser().click("mcp-check");
            alice.allows();
        }
        bob.reload();
        assertThat(bob.textOf("mcp-users")).isEqualTo("1");
        JsonNode rest = realm.get("/mcp/software/" + row(name).path("id").asText());
        assertThat(rest.path("evidence").asText()).isEqualTo("domain");
        assertThat(rest.path("claims").toString())
                .contains("https://agent.example.com/about", "help@agent.example.com", "1.2.3");
        assertThat(rest.path("form").asText()).contains("https://agent.example.com/cb");
        assertThat(rest.path("users").asInt()).isEqualTo(1);
        assertThat(rest.path("registeredFrom").asText()).isEqualTo("127.0.0.1");
        assertThat(rest.path("registeredAt").asText()).isNotEmpty();
        assertThat(rest.path("usedAt").asText()).isNotEmpty();
        assertThat(rest.path("door").asText()).isEqualTo("anonymous");
        assertThat(rest.at("/requests/0/username").asText()).isEqualTo("alice");
        assertThat(rest.at("/requests/0/reason").asText()).isEqualTo("For my reports");
        assertThat(rest.at("/decisions/0/reason").asText()).isEqualTo("Fine");
        assertThat(rest.at("/lookAlikes/0/reason").asText()).isEqualTo("Not this one");
    }

    @Test
    void asksForAReason() {
        String name = fresh("Without reason");
        oauth.registered(name, LOOPBACK);
        open(name);
        bob.click("mcp-approve");
        assertThat(bob.status()).isEqualTo(400);
        bob.type("reason", "Fi\0ne");
        bob.click("mcp-approve");
        assertThat(bob.status()).isEqualTo(400);

        assertThat(row(name).path("state").asText()).isEqualTo("pending");
    }

    /** Two approvers at once: one wins, the other is told. */
    @Test
    void tellsTheSecondOfTwoApprovers() {
        String name = fresh("Contested");
        oauth.registered(name, LOOPBACK);
        open(name);
        realm.send("POST", "/mcp/software/" + row(name).path("id").asText() + "/deny", "{\"reason\": \"First\"}")
                .expect(200);
        bob.type("reason", "Second");
        bob.click("mcp-approve");

        assertThat(bob.status()).isEqualTo(409);
        assertThat(bob.text())
                .contains(
                        "Somebody decided meanwhile",
                        "First",
                        "Decided by admin, ",
                        Integer.toString(LocalDate.now(ZoneId.systemDefault()).getYear()));
        assertThat(row(name).path("state").asText()).isEqualTo("denied");
    }

    @Test
    void limitsAnApproval() {
        String name = fresh("Limited");
        String clientId = oauth.registered(name, LOOPBACK);
        String group = "team-" + UUID.randomUUID();
        String groupId = realm.create("/groups", Json.object(Map.of("name", group)));
        String day = LocalDate.now(ZoneId.systemDefault()).plusDays(3).toString();
        open(name);
        bob.type("groups", "/no-such-group");
        bob.type("reason", "For one team");
        bob.click("mcp-approve");
        assertThat(bob.text()).contains("/no-such-group is no group here");
        assertThat(bob.status()).isEqualTo(400);

        bob.type("groups", "/" + group);
        bob.click("resources");
        bob.type("until", day);
        bob.click("mcp-approve");

        assertThat(bob.text()).contains("/" + group, setup.resource().toString());
        assertThat(realm.client(clientId).at("/attributes/mcp.limits").asText())
                .contains(groupId, setup.resource().toString());
    }

    /** A box that is missing would lift the limit. */
    @Test
    void changingOneLimitKeepsThoseThatAreOfferedNoMore() {
        String name = fresh("Kept within limits");
        String clientId = oauth.registered(name, LOOPBACK);
        String scope = "scope-" + UUID.randomUUID();
        realm.create("/client-scopes", Json.object(Map.of("name", scope, "protocol", "openid-connect")));
        realm.send(
                        "POST",
                        "/mcp/software/" + row(name).path("id").asText() + "/approve",
                        "{\"reason\": \"Pilot\", \"limits\": {\"scopes\": [\"" + scope + "\"]}}")
                .expect(200);
        open(name);
        bob.type("until", LocalDate.now(ZoneId.systemDefault()).plusDays(3).toString());
        decide("approve", "Three more days");

        assertThat(realm.client(clientId).at("/attributes/mcp.limits").asText()).contains(scope, "until");
    }

    @Test
    void filtersAndSearches() {
        String name = fresh("Filtered");
        oauth.registered(name + " loop", LOOPBACK);
        oauth.registered(name + " web", "https://app.example.com/cb");
        signedIn();
        bob.open(page("?evidence=domain&search=" + encoded(name)));
        assertThat(bob.text()).contains(name + " web").doesNotContain(name + " loop");
        bob.open(page("?door=authenticated&search=" + encoded(name)));
        assertThat(bob.text()).contains("No app matches");
        bob.open(page("?state=denied&search=" + encoded(name)));
        assertThat(bob.offers("mcp-empty")).isTrue();
        bob.open(page("?state=all&search=" + encoded(name)));
        assertThat(bob.text()).contains(name + " loop", name + " web");
    }

    @Test
    void turnsPages() {
        String name = fresh("Paged");
        for (int i = 0; i < 27; i++) {
            oauth.registered("%s %02d".formatted(name, i), LOOPBACK);
        }
        signedIn();
        bob.open(page("?search=" + encoded(name)));
        assertThat(bob.text()).contains(name + " 26", name + " 02").doesNotContain(name + " 01");
        assertThat(bob.offers("mcp-newest")).isFalse();
        bob.click("mcp-next");
        assertThat(bob.text()).contains(name + " 01", name + " 00").doesNotContain(name + " 02");
        assertThat(bob.offers("mcp-next")).isFalse();
        bob.click("mcp-newest");
        assertThat(bob.text()).contains(name + " 26");
    }

    /** An approver is a user too: his own login waits, and leads to the page, where he signs in again. */
    @Test
    void leadsAnApproverFromHisOwnWaitingLoginToThePage() {
        String name = fresh("For the approver");
        Authorization authorization = request(name);
        bob.open(authorization.uri());
        bob.signIn("bob", "bob");
        assertThat(bob.offers("mcp-allow")).isFalse();
        bob.click("mcp-approvals");
        assertThat(bob.title()).contains("Sign in");

        try (Visitor alice = new Visitor(realm)) {
            alice.goes(request(fresh("For a user")));
            assertThat(alice.waits()).isTrue();
            assertThat(alice.browser().offers("mcp-approvals")).isFalse();
        }
    }

    /** A22 */
    @Test
    void showsNothingToOthers() {
        String name = fresh("Secret product");
        oauth.registered(name, LOOPBACK);
        String id = row(name).path("id").asText();
        try (HtmlUnitBrowser alice = new HtmlUnitBrowser(server)) {
            alice.open(page("/" + id));
            alice.signIn("alice", "alice");
            for (String path : new String[] {"", "/" + id, "?state=all", "/" + UUID.randomUUID()}) {
                alice.open(page(path));
                assertThat(alice.status()).as(path).isEqualTo(403);
                assertThat(alice.markup()).as(path).doesNotContain(name, id);
            }
        }
        try (TestRealm other = TestRealm.create(server, RealmTemplate.mcp())) {
            bob.open(other.url("/mcp/approvals/" + id));
            bob.signIn("bob", "bob");
            assertThat(bob.status()).isEqualTo(404);
            assertThat(bob.markup()).doesNotContain(name);
            bob.open(page("/" + id));
            assertThat(bob.title()).contains("Sign in");
        }
        assertThat(row(name).path("state").asText()).isEqualTo("pending");
    }

    @Test
    void aRoleTakenAwayCountsAtOnce() {
        signedIn();
        String user = realm.get("/users?username=bob&exact=true").at("/0/id").asText();
        String role = "[" + realm.get("/roles/mcp-approver") + "]";
        realm.send("DELETE", "/users/" + user + "/role-mappings/realm", role).expect(204);
        try {
            bob.open(page(""));
            assertThat(bob.status()).isEqualTo(403);
        } finally {
            realm.send("POST", "/users/" + user + "/role-mappings/realm", role).expect(204);
        }
    }

    @Test
    void takesNoFormFromElsewhere() {
        String name = fresh("Forged");
        oauth.registered(name, LOOPBACK);
        JsonNode row = row(name);
        open(name);
        String forged = "reason=x&action=approve&version=" + row.path("version").asText();
        for (String checker : new String[] {"", "&stateChecker=guessed"}) {
            bob.post(page("/" + row.path("id").asText()), forged + checker);
            assertThat(bob.status()).isEqualTo(403);
            bob.post(
                    page(""),
                    "action=approve&reason=x&software=" + row.path("id").asText() + ":0" + checker);
            assertThat(bob.status()).isEqualTo(403);
        }
        assertThat(row(name).path("state").asText()).isEqualTo("pending");
    }

    /** Otherwise he would think that he has decided. */
    @Test
    void tellsWhoWasSignedOutMeanwhile() {
        String name = fresh("Too late");
        oauth.registered(name, LOOPBACK);
        open(name);
        bob.type("reason", "After a long lunch");
        bob.clearCookies();
        bob.click("mcp-approve");

        assertThat(bob.status()).isEqualTo(403);
        assertThat(bob.text()).contains("not signed in any more").doesNotContain(name);
        assertThat(row(name).path("state").asText()).isEqualTo("pending");
        bob.click("mcp-go-on");
        bob.signIn("bob", "bob");
        assertThat(bob.text()).contains(name);
    }

    @Test
    void runsNoScriptAndIsKeptNowhere() {
        oauth.registered(fresh("Hostile \"onload=1' ${msg}"), LOOPBACK);
        signedIn();
        assertThat(bob.header("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "script-src");
        assertThat(bob.header("X-Frame-Options")).contains("DENY");
        assertThat(bob.header("Cache-Control")).contains("no-store");
        assertThat(bob.markup()).doesNotContain("<script", "style=", "onload=1' ");
    }

    @Test
    void isThereOnlyWhereClientsRegister() {
        try (TestRealm plain = TestRealm.create(server, RealmTemplate.mcp().withoutExtension())) {
            assertThat(Http.get(plain.url("/mcp/approvals")).status()).isEqualTo(404);
        }
    }

    private void decide(String action, String reason) {
        bob.type("reason", reason);
        bob.click("mcp-" + action);
        assertThat(bob.status()).as(bob.text()).isEqualTo(200);
    }

    private void open(String name) {
        signedIn();
        bob.open(page("/" + row(name).path("id").asText()));
        assertThat(bob.text()).contains(name);
    }

    private void signedIn() {
        bob.open(page(""));
        bob.signIn("bob", "bob");
    }

    private Authorization request(String name) {
        return oauth.authorization(oauth.registered(name, LOOPBACK), LOOPBACK)
                .scope("openid mcp:tools")
                .resource(setup.resource().toString());
    }

    private JsonNode row(String name) {
        JsonNode rows = realm.get("/mcp/software?search=" + encoded(name));
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private URI page(String path) {
        return realm.url("/mcp/approvals" + path);
    }

    private static String fresh(String name) {
        return name + " " + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String encoded(String text) {
        return Http.encode(Map.of("", text)).substring(1);
    }
}
