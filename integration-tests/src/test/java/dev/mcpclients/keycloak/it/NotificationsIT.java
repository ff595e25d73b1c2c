package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.HtmlUnitBrowser;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.Mailbox;
import dev.mcpclients.keycloak.it.support.Mailbox.Letter;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approvers hear of new software and users of decisions, by mail, once, in their language. */
@KeycloakTest
final class NotificationsIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String ALICE = "alice@example.com";
    private static final String BOB = "bob@example.com";

    private final KeycloakServer server;
    private final McpSetup setup;
    private final TestRealm realm;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Mailbox mailbox = Mailbox.open();

    NotificationsIT(KeycloakServer server, McpSetup setup) {
        this.server = server;
        this.setup = setup;
        this.realm = setup.realm();
    }

    @BeforeEach
    void sendMailHere() {
        mailbox.close();
        mailbox = Mailbox.open();
        mailbox.receiveFrom(realm);
        realm.admission("admin-approval");
    }

    @AfterEach
    void close() {
        mailbox.close();
    }

    @Test
    void tellApproversOnceAboutNewSoftware() {
        String name = fresh("New <b>app</b> & co");
        realm.oauth().registered(name, LOOPBACK);
        realm.oauth().registered(name, "http://localhost:4711/callback");
        realm.oauth().registered(name, LOOPBACK);
        String id = id(name.replaceAll("[<>]", ""));

        Letter letter = mailbox.await(1, BOB, "App waiting for approval").get(0);

        String page = realm.url("/mcp/approvals/" + id).toString();
        assertThat(letter.text()).contains(page, "Not verified");
        assertThat(letter.html()).contains("href=\"" + page + "\"").doesNotContain("<b>");
        assertThat(letter.subject()).contains(name.substring(name.length() - 8));
        try (HtmlUnitBrowser bob = new HtmlUnitBrowser(server)) {
            bob.open(URI.create(page));
            bob.signIn("bob", "bob");
            assertThat(bob.address()).isEqualTo(page);
        }
        // The next software's mail shows that nothing more came about the first.
        String next = fresh("Next app");
        realm.oauth().registered(next, LOOPBACK);
        mailbox.await(1, BOB, next);
        String mark = name.substring(name.length() - 8);
        assertThat(mailbox.letters())
                .filteredOn(sent -> sent.subject().contains(mark))
                .extracting(Letter::to)
                .containsExactly(BOB);
    }

    /** So that nobody approves from the subject alone. */
    @Test
    void tellApproversWhereAccessGoesAndWhatItLooksLike() {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        realm.oauth().registered("Claude Code", "https://" + mark + ".example.com/cb", LOOPBACK);

        Letter letter =
                mailbox.await(1, BOB, "App waiting for approval: Claude Code").get(0);

        for (String content : List.of(letter.text(), letter.html())) {
            assertThat(content)
                    .contains(
                            mark + ".example.com",
                            "A program on the computer of the user",
                            "looks like a product that it is not",
                            // the realm as people know it
                            realm.get("").path("displayName").asText());
        }
    }

    /** Not to try again what lets in others only. */
    @Test
    void tellOfALimitedApprovalWhomItLetsIn() {
        String name = fresh("For a team");
        ask(name);
        String id = id(name);
        String team = "team-" + UUID.randomUUID();
        realm.create("/groups", Json.object(Map.of("name", team)));
        approve(id, "{\"reason\": \"Team only\", \"limits\": {\"groups\": [\"/" + team + "\"]}}");
        Letter left =
                mailbox.await(1, ALICE, "App not approved for you: " + name).get(0);
        assertThat(left.text()).contains("certain groups only", "Team only");
        assertThat(mailbox.letters(ALICE, "App approved: " + name)).isEmpty();

        approve(id, "{\"reason\": \"Now for all\"}");
        assertThat(mailbox.await(1, ALICE, "App approved: " + name).get(0).text())
                .contains("Now for all");
        // Approved once more, nothing changes for her: the next mail about it is of the suspension.
        approve(id, "{\"reason\": \"Still for all\"}");
        realm.send("POST", "/mcp/software/" + id + "/suspend", "{\"reason\": \"A report\"}")
                .expect(200);
        mailbox.await(1, ALICE, "App no longer approved: " + name);
        assertThat(mailbox.letters(ALICE, "App approved: " + name)).hasSize(1);
    }

    /** Who reads in the morning that it is suspended has to hear that it is not any more. */
    @Test
    void tellOfEveryDecisionOfADay() {
        String name = fresh("Back again");
        ask(name);
        String id = id(name);
        approve(id, "{}");
        realm.send("POST", "/mcp/software/" + id + "/suspend", "{}").expect(200);
        approve(id, "{}");

        mailbox.await(2, ALICE, "App approved: " + name);
        mailbox.await(1, ALICE, "App no longer approved: " + name);
    }

    @Test
    void tellWhoAskedHowItWasDecided() {
        String approved = fresh("Good app");
        String denied = fresh("Bad app");
        ask(approved);
        ask(denied);
        realm.send("POST", "/mcp/software/" + id(approved) + "/approve", "{\"reason\": \"Fine\"}")
                .expect(200);
        realm.send("POST", "/mcp/software/" + id(denied) + "/deny", "{\"reason\": \"Leaks <i>data</i>\"}")
                .expect(200);

        Letter good = mailbox.await(1, ALICE, "App approved: " + approved).get(0);
        Letter bad = mailbox.await(1, ALICE, "App denied: " + denied).get(0);

        assertThat(good.text())
                .contains(approved, realm.url("/account/applications").toString());
        assertThat(bad.text()).contains("Leaks");
        assertThat(bad.html()).contains("Leaks").doesNotContain("<i>");
    }

    @Test
    void speakTheLanguageOfTheReceiver() {
        String user = realm.get("/users?username=bob&exact=true").at("/0/id").asText();
        ObjectNode bob = realm.get("/users/" + user).deepCopy();
        bob.withObject("/attributes").putArray("locale").add("de");
        realm.put("/users/" + user, bob);
        try {
            String name = fresh("App");
            realm.oauth().registered(name, LOOPBACK);
            Letter letter =
                    mailbox.await(1, BOB, "App wartet auf Freigabe: " + name).get(0);
            assertThat(letter.text()).contains("wartet auf eine Entscheidung");
        } finally {
            bob.withObject("/attributes").putArray("locale").add("en");
            realm.put("/users/" + user, bob);
        }
    }

    /** A23 */
    @Test
    void aFloodOfSoftwareFillsNoMailbox() {
        try (TestRealm flooded = TestRealm.create(server, RealmTemplate.mcp())) {
            mailbox.receiveFrom(flooded);
            flooded.admission("admin-approval");
            for (int i = 0; i < 30; i++) {
                flooded.oauth().registered("Flood " + i, LOOPBACK);
            }
            Letter digest = mailbox.await(1, BOB, "Many apps are waiting").get(0);
            assertThat(digest.text()).contains(flooded.url("/mcp/approvals").toString());
            Await.until(
                    "20 single mails",
                    Duration.ofSeconds(20),
                    () -> mailbox.letters(BOB, "Flood").size() >= 20);
            for (int i = 30; i < 40; i++) {
                flooded.oauth().registered("Flood " + i, LOOPBACK);
            }
            assertThat(mailbox.letters()).hasSize(21);
            assertThat(flooded.get("/mcp/software/count").path("pending").asInt())
                    .isEqualTo(40);
        }
    }

    @Test
    void aMailServerThatIsDownStopsNothing() {
        mailbox.close();
        String name = fresh("Unheard of");
        ask(name);
        String id = id(name);
        realm.send("POST", "/mcp/software/" + id + "/approve", "{}").expect(200);

        Await.until("the failure is an event", PATIENCE, () -> failures(id).contains("approve:email_send_failed"));
        assertThat(server.log()).contains("Mail approve of realm " + realm.name());
        assertThat(realm.get("/mcp/software/" + id).path("state").asText()).isEqualTo("approved");
    }

    @Test
    void aRealmWithoutMailSettingsSaysSoAndGoesOn() {
        try (TestRealm silent = TestRealm.create(server, RealmTemplate.mcp())) {
            silent.admission("admin-approval");
            silent.oauth().registered("Silent app", LOOPBACK);
            String id = silent.get("/mcp/software").at("/0/id").asText();
            silent.send("POST", "/mcp/software/" + id + "/deny", "{}").expect(200);

            assertThat(server.log()).contains("Realm " + silent.name() + " has no mail settings");
            assertThat(silent.get("/mcp/software/" + id).path("state").asText()).isEqualTo("denied");
            mailbox.receiveFrom(silent);
            silent.oauth().registered("Heard app", LOOPBACK);
            mailbox.await(1, BOB, "App waiting for approval: Heard app");
        }
    }

    @Test
    void aReceiverWithoutAddressLeavesAnEventAndKeepsNobodyElseFromBeingTold() {
        String mute =
                realm.create("/users", Json.object(Map.of("username", "mute-" + UUID.randomUUID(), "enabled", true)));
        realm.send("POST", "/users/" + mute + "/role-mappings/realm", "[" + realm.get("/roles/mcp-approver") + "]")
                .expect(204);
        try {
            String name = fresh("Half heard");
            realm.oauth().registered(name, LOOPBACK);
            mailbox.await(1, BOB, "App waiting for approval: " + name);
            String id = id(name);
            Await.until("the event is there", PATIENCE, () -> failures(id).contains("pending:invalid_email"));
        } finally {
            realm.delete("/users/" + mute);
        }
    }

    @Test
    void tellWhoIsConcernedOfASuspensionAndAReopening() {
        String name = fresh("Up and down");
        ask(name);
        String id = id(name);
        for (String action : List.of("approve", "suspend", "deny", "reopen")) {
            realm.send("POST", "/mcp/software/" + id + "/" + action, "{\"reason\": \"Reason of " + action + "\"}")
                    .expect(200);
        }

        Letter suspended =
                mailbox.await(1, ALICE, "App no longer approved: " + name).get(0);
        Letter reopened = mailbox.await(1, ALICE, "App being decided about again: " + name)
                .get(0);

        assertThat(suspended.text()).contains("no longer approved", "Reason of suspend");
        assertThat(suspended.html()).contains("no longer approved", "Reason of suspend");
        assertThat(reopened.text()).contains("waits for a new decision", "Reason of reopen");
        assertThat(mailbox.letters(BOB, "decided about again")).isEmpty();
    }

    /** Who has been let in without asking hears of it too. */
    @Test
    void tellWhoUsesItThatItIsDenied() {
        String name = fresh("In use");
        String client = realm.oauth().registered(name, LOOPBACK);
        String id = id(name);
        realm.send("POST", "/mcp/software/" + id + "/approve", "{}").expect(200);
        try (Visitor alice = new Visitor(realm)) {
            alice.goes(realm.oauth()
                            .authorization(client, LOOPBACK)
                            .resource(setup.resource().toString()))
                    .allows();
        }
        assertThat(realm.get("/mcp/software/" + id).path("users").asInt()).isEqualTo(1);
        realm.send("POST", "/mcp/software/" + id + "/deny", "{\"reason\": \"It leaks\"}")
                .expect(200);

        assertThat(mailbox.await(1, ALICE, "App denied: " + name).get(0).text())
                .contains("asked for or use", "It leaks");
        assertThat(mailbox.letters(ALICE, "App approved")).isEmpty();
    }

    /** Nobody decided, so nobody knows: software that was approved for its evidence waits. */
    @Test
    void tellApproversOfWhatIsNoLongerApprovedByItself() {
        realm.setting("anonymous", "auto-approve-evidence", "domain");
        try {
            String name = fresh("By itself");
            realm.oauth().registered(name, "https://agent.example.com/" + UUID.randomUUID());
            assertThat(realm.get("/mcp/software/" + id(name)).path("state").asText())
                    .isEqualTo("approved");
            realm.setting("anonymous", "auto-approve-evidence", "off");

            Letter again = mailbox.await(1, BOB, "App waiting for approval again: " + name)
                    .get(0);
            assertThat(again.text())
                    .contains(
                            "approved automatically is gone",
                            realm.url("/mcp/approvals/" + id(name)).toString());
        } finally {
            realm.setting("anonymous", "auto-approve-evidence");
        }
    }

    @Test
    void tellAsManyPeopleAsTheSettingSays() {
        try (TestRealm crowded = TestRealm.create(server, RealmTemplate.mcp())) {
            mailbox.receiveFrom(crowded);
            crowded.admission("admin-approval");
            String carol = crowded.create(
                    "/users", Json.object(Map.of("username", "carol", "email", "carol@example.com", "enabled", true)));
            crowded.send(
                            "POST",
                            "/users/" + carol + "/role-mappings/realm",
                            "[" + crowded.get("/roles/mcp-approver") + "]")
                    .expect(204);
            crowded.setting("anonymous", "mail-max-receivers", "1");
            crowded.oauth().registered("For one", LOOPBACK);
            Await.until("one is told", PATIENCE, () -> mailbox.letters().size() == 1);
            crowded.setting("anonymous", "mail-max-receivers", "2");
            crowded.oauth().registered("For both", LOOPBACK);
            mailbox.await(1, BOB, "For both");
            mailbox.await(1, "carol@example.com", "For both");

            assertThat(mailbox.letters())
                    .filteredOn(letter -> letter.subject().contains("For one"))
                    .hasSize(1);
        }
    }

    @Test
    void softwareThatNobodyHasToApproveIsNoNews() {
        realm.admission("user-approval");
        realm.oauth().registered(fresh("No news"), LOOPBACK);
        realm.admission("admin-approval");
        String news = fresh("News");
        realm.oauth().registered(news, LOOPBACK);

        List<Letter> letters = mailbox.await(1, BOB, news);

        assertThat(letters).hasSize(1);
        assertThat(mailbox.letters(BOB, "No news")).isEmpty();
    }

    private void approve(String id, String body) {
        realm.send("POST", "/mcp/software/" + id + "/approve", body).expect(200);
    }

    private List<String> failures(String software) {
        List<String> failures = new ArrayList<>();
        for (JsonNode event : realm.events("CLIENT_UPDATE_ERROR")) {
            if (event.at("/details/mcp_software").asText().equals(software)) {
                failures.add(event.at("/details/mcp_mail").asText() + ":"
                        + event.path("error").asText());
            }
        }
        return failures;
    }

    private void ask(String name) {
        try (Visitor alice = new Visitor(realm)) {
            alice.goes(realm.oauth()
                    .authorization(realm.oauth().registered(name, LOOPBACK), LOOPBACK)
                    .resource(setup.resource().toString()));
            assertThat(alice.waits()).isTrue();
        }
    }

    private String id(String name) {
        return realm.get("/mcp/software?" + Http.encode(Map.of("search", name)))
                .at("/0/id")
                .asText();
    }

    private static String fresh(String name) {
        return name + " " + UUID.randomUUID().toString().substring(0, 8);
    }
}
