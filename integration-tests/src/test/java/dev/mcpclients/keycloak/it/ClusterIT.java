package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.Cluster;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.HtmlUnitBrowser;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.Mailbox;
import dev.mcpclients.keycloak.it.support.Mailbox.Letter;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided on one node of a cluster holds on the other at once. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String ALICE = "alice@example.com";
    private static final String BOB = "bob@example.com";
    private static final Duration NEXT_ROUND = Duration.ofSeconds(45);
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final TestRealm one;
    private final TestRealm two;

    /** A realm of one address on both nodes, as behind a load balancer: each takes the tokens of the other. */
    private final TestRealm here;

    private final TestRealm there;

    ClusterIT(Database database) {
        cluster = Cluster.start(database);
        one = TestRealm.create(cluster.first(), RealmTemplate.mcp());
        two = one.at(cluster.second());
        here = TestRealm.create(cluster.first(), RealmTemplate.mcp());
        there = here.at(cluster.second());
    }

    @BeforeAll
    void letApproversDecide() {
        one.admission("admin-approval");
        here.admission("admin-approval");
        answersAtOneAddress(here);
    }

    /** As behind a load balancer: tokens and the links of mails are the same, whichever node makes them. */
    private void answersAtOneAddress(TestRealm realm) {
        ObjectNode settings = realm.get("").deepCopy();
        settings.withObject("/attributes")
                .put("frontendUrl", cluster.first().url().toString());
        realm.put("", settings);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void aFlowThatWaitsOnOneNodeGoesOnAfterAnApprovalOnTheOther() {
        Authorization authorization = one.oauth()
                .authorization(one.oauth().registered("Clustered app", LOOPBACK), LOOPBACK)
                .scope("openid mcp:tools offline_access")
                .resource(TestRealm.RESOURCE);
        try (Visitor alice = new Visitor(one);
                HtmlUnitBrowser bob = new HtmlUnitBrowser(cluster.second())) {
            alice.goes(authorization);
            assertThat(alice.waits()).isTrue();

            bob.open(two.url("/mcp/approvals"));
            bob.signIn("bob", "bob");
            bob.click("mcp-name-0");
            assertThat(bob.text()).contains("Clustered app", "alice");
            bob.type("reason", "Seen on the other node");
            bob.click("mcp-approve");
            assertThat(bob.text()).contains("Approved: 1.");

            Await.until("the waiting screen goes on", AT_ONCE, () -> {
                alice.browser().reload();
                return alice.isAsked();
            });
            JsonNode tokens = one.oauth()
                    .exchange(authorization, alice.allows().code())
                    .expect(200)
                    .json();
            String refreshToken = tokens.path("refresh_token").asText();

            bob.type("reason", "It leaks");
            bob.click("mcp-deny");

            Await.until("the other node has heard of it", AT_ONCE, () -> one.client(authorization.clientId())
                    .at("/attributes/mcp.state")
                    .asText()
                    .equals("denied"));
            HttpAnswer refused = one.oauth().refresh(authorization.clientId(), refreshToken);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("error").asText()).isEqualTo("invalid_grant");
            assertThat(one.oauth()
                            .introspect(
                                    tokens.path("access_token").asText(),
                                    TestRealm.RESOURCE,
                                    one.secret(TestRealm.RESOURCE))
                            .path("active")
                            .asBoolean())
                    .isFalse();
        }
    }

    /** Decided on one node, what the other gave out ends there and here; a login that is under way there hears of it too. */
    @ParameterizedTest
    @ValueSource(strings = {"deny", "suspend"})
    void whatWasGivenOutOnOneNodeEndsOnBoth(String action) {
        String name = "Ending by " + action;
        String client = here.oauth().registered(name, LOOPBACK);
        String path = "/mcp/software/" + id(here, name);
        here.send("POST", path + "/approve", "{}").expect(200);
        try (Visitor alice = new Visitor(here);
                Visitor underWay = new Visitor(here)) {
            JsonNode online = alice.tokens(request(here, client).scope("openid mcp:tools"));
            JsonNode offline = alice.tokens(request(here, client).scope("openid mcp:tools offline_access"));
            underWay.goes(request(here, client));
            assertThat(underWay.isAsked()).isTrue();
            online = here.oauth()
                    .refresh(client, refreshToken(online))
                    .expect(200)
                    .json();
            offline = there.oauth()
                    .refresh(client, refreshToken(offline))
                    .expect(200)
                    .json();

            there.send("POST", path + "/" + action, "{\"reason\": \"It leaks\"}")
                    .expect(200);

            Await.until("the other node has heard of it", AT_ONCE, () -> !state(here, client)
                    .equals("approved"));
            for (TestRealm node : List.of(here, there)) {
                assertRefused(node.oauth().refresh(client, refreshToken(online)));
                assertRefused(node.oauth().refresh(client, refreshToken(offline)));
                for (JsonNode given : List.of(online, offline)) {
                    assertThat(node.oauth()
                                    .introspect(
                                            given.path("access_token").asText(),
                                            TestRealm.RESOURCE,
                                            node.secret(TestRealm.RESOURCE))
                                    .path("active")
                                    .asBoolean())
                            .isFalse();
                }
            }
            underWay.browser().click("mcp-allow");
            assertThat(underWay.browser().callback()).isEmpty();
            if (action.equals("deny")) {
                assertThat(underWay.browser().text()).contains("It leaks");
            } else {
                assertThat(underWay.waits()).isTrue();
            }
        }
    }

    /** On the same version one wins, and the other is told who did and when. */
    @Test
    void oneOfTwoApproversOnTwoNodesWins() {
        for (int i = 0; i < 5; i++) {
            String name = "Contested " + i;
            one.oauth().registered(name, LOOPBACK);
            String path = "/mcp/software/" + id(one, name);
            String body = "{\"version\": " + one.get(path).path("version").asInt() + "}";

            List<HttpAnswer> answers = atOnce(
                    () -> one.send("POST", path + "/approve", body), () -> two.send("POST", path + "/deny", body));

            assertThat(answers).extracting(HttpAnswer::status).containsExactlyInAnyOrder(200, 409);
            boolean approved = answers.get(0).status() == 200;
            JsonNode left = one.get(path);
            assertThat(left.path("state").asText()).isEqualTo(approved ? "approved" : "denied");
            assertThat(answers.get(approved ? 1 : 0).json().path("errorMessage").asText())
                    .contains("decided by admin at " + left.path("decidedAt").asText());
            assertThat(one.get(path + "/decisions")).hasSize(1);
        }
    }

    /** In opposite order, again and again: neither waits for the other in a circle. */
    @Test
    void twoBulkDecisionsDoNotBlockEachOther() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            one.oauth().registered("Bulk " + i, LOOPBACK);
            ids.add(id(one, "Bulk " + i + "&max=1"));
        }
        List<String> reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);
        for (int i = 0; i < 5; i++) {
            List<HttpAnswer> answers = atOnce(
                    () -> one.send("POST", "/mcp/software/approve", bulk(ids)),
                    () -> two.send("POST", "/mcp/software/deny", bulk(reversed)));

            for (HttpAnswer answer : answers) {
                answer.expect(200)
                        .json()
                        .forEach(row -> assertThat(row.path("status").asInt()).isEqualTo(200));
            }
            assertThat(ids.stream()
                            .map(id ->
                                    one.get("/mcp/software/" + id).path("state").asText()))
                    .containsOnly(
                            one.get("/mcp/software/" + ids.get(0)).path("state").asText());
        }
    }

    /** One look at the dates does it all, whichever node takes it. */
    @Test
    void datesAreTold() {
        Database database = cluster.database();
        try (Mailbox mailbox = Mailbox.open();
                TestRealm old = TestRealm.create(cluster.first(), RealmTemplate.mcp())) {
            answersAtOneAddress(old);
            mailbox.receiveFrom(old);
            old.admission("admin-approval");
            String waiting = old.oauth().registered("Long waiting", LOOPBACK);
            String answered = old.oauth().registered("Answered", LOOPBACK);
            String ending = old.oauth().registered("Ending soon", LOOPBACK);
            old.oauth().registered("New today", LOOPBACK);
            for (String client : List.of(waiting, answered, ending)) {
                try (Visitor alice = new Visitor(old)) {
                    alice.goes(old.oauth().authorization(client, LOOPBACK).resource(TestRealm.RESOURCE));
                    assertThat(alice.waits()).isTrue();
                }
            }
            String ended = old.get("/mcp/software?search=Ending").at("/0/id").asText();
            String denied = old.get("/mcp/software?search=Answered").at("/0/id").asText();
            String waits = old.get("/mcp/software?search=Long").at("/0/id").asText();
            old.send("POST", "/mcp/software/" + denied + "/deny", "{}").expect(200);
            old.send(
                            "POST",
                            "/mcp/software/" + ended + "/approve",
                            "{\"limits\": {\"until\": \"" + Instant.now().plusSeconds(3600) + "\"}}")
                    .expect(200);
            mailbox.await(1, ALICE, "App approved: Ending soon");
            mailbox.await(1, BOB, "App waiting for approval: Ending soon");
            long past = Instant.now().minus(Duration.ofDays(31)).toEpochMilli();
            database.execute("update mcp_request set asked_at = " + past + " where software_id in ('" + waits + "', '"
                    + denied + "')");
            database.execute("update mcp_software set registered_at = " + past + " where id = '" + waits + "'");
            assertThat(from(old, waits)).isEqualTo("127.0.0.1");
            // A day later, as far as mails go.
            database.execute("delete from mcp_notice where realm_id = '" + old.id() + "'");
            database.execute("update mcp_software set expires_at = 1 where id = '" + ended + "'");

            Letter reminder = mailbox.await(1, BOB, "Apps are waiting for your decision", NEXT_ROUND)
                    .get(0);
            assertThat(reminder.text())
                    .contains("Long waiting", old.url("/mcp/approvals").toString())
                    .doesNotContain("New today", "Answered");
            assertThat(reminder.html()).contains("Long waiting");
            Letter expired = mailbox.await(1, ALICE, "Your request has expired: Long waiting")
                    .get(0);
            assertThat(expired.text()).contains("ask again");
            assertThat(expired.html()).contains("ask again");
            mailbox.await(1, ALICE, "App no longer approved: Ending soon");
            Letter again = mailbox.await(1, BOB, "App waiting for approval again: Ending soon")
                    .get(0);
            assertThat(again.text())
                    .contains("has passed", old.url("/mcp/approvals/" + ended).toString());
            assertThat(mailbox.letters(ALICE, "expired")).hasSize(1);
            assertThat(database.number("select count(*) from mcp_request where software_id in ('" + waits + "', '"
                            + denied + "')"))
                    .isZero();
            assertThat(actions(old)).containsExactlyInAnyOrder("expire", "forget_request", "remind");
            Await.until("the address is forgotten", NEXT_ROUND, () -> from(old, waits)
                    .isEmpty());
            assertThat(from(old, denied)).isEqualTo("127.0.0.1");
            assertThat(old.get("/mcp/software/" + waits).path("state").asText()).isEqualTo("pending");

            // Nobody is reminded of the same within as many days, and nothing is told twice: the next round shows it.
            old.setting("anonymous", "mail-digest-after", "1");
            database.execute("delete from mcp_notice where realm_id = '" + old.id() + "'");
            old.oauth().registered("First of a new day", LOOPBACK);
            mailbox.await(1, BOB, "First of a new day");
            old.oauth().registered("Second of a new day", LOOPBACK);
            mailbox.await(1, BOB, "Many apps are waiting");
            database.execute("update mcp_software set expires_at = 1, state = 'approved' where id = '" + ended + "'");
            Await.until("the next round is over", NEXT_ROUND, () -> actions(old).size() > 3);
            assertThat(mailbox.letters(BOB, "your decision")).hasSize(1);
            assertThat(mailbox.letters(ALICE, "expired")).hasSize(1);
        }
    }

    @Test
    void nobodyIsRemindedWhereThatIsOff() {
        Database database = cluster.database();
        try (Mailbox mailbox = Mailbox.open();
                TestRealm off = TestRealm.create(cluster.first(), RealmTemplate.mcp())) {
            mailbox.receiveFrom(off);
            off.admission("admin-approval");
            off.setting("anonymous", "reminder-days", "0");
            off.oauth().registered("Forgotten", LOOPBACK);
            off.oauth().registered("Ended", LOOPBACK);
            String ended = off.get("/mcp/software?search=Ended").at("/0/id").asText();
            off.send("POST", "/mcp/software/" + ended + "/approve", "{}").expect(200);
            database.execute("update mcp_software set registered_at = 1 where realm_id = '" + off.id() + "'");
            database.execute("update mcp_software set expires_at = 1 where id = '" + ended + "'");
            Await.until("a round is over", NEXT_ROUND, () -> actions(off).contains("expire"));
            database.execute("update mcp_software set expires_at = 1, state = 'approved' where id = '" + ended + "'");
            Await.until("another round is over", NEXT_ROUND, () -> actions(off).size() == 2);

            assertThat(actions(off)).containsOnly("expire");
            assertThat(mailbox.letters(BOB, "your decision")).isEmpty();
        }
    }

    /** What the mail server does not take is tried again, by one node. */
    @Test
    void aMailServerThatWasDownLosesNothing() {
        Mailbox closed = Mailbox.open();
        try (TestRealm realm = TestRealm.create(cluster.first(), RealmTemplate.mcp())) {
            realm.admission("admin-approval");
            closed.receiveFrom(realm);
            closed.close();
            asked(realm, "Unheard of");
            realm.send("POST", "/mcp/software/" + id(realm, "Unheard") + "/approve", "{}")
                    .expect(200);
            Await.until("both failures are known", NEXT_ROUND, () -> unsent(realm) == 2);

            try (Mailbox mailbox = Mailbox.open(closed.port())) {
                mailbox.await(1, ALICE, "App approved: Unheard of", NEXT_ROUND);
                mailbox.await(1, BOB, "App waiting for approval: Unheard of", NEXT_ROUND);
                Await.until("nothing is left to send", NEXT_ROUND, () -> unsent(realm) == 0);
                assertThat(mailbox.letters()).hasSize(2);
            }
        }
    }

    /** Both nodes have something to tell at the same moment. */
    @Test
    void aDecisionOnBothNodesIsToldOnce() {
        try (Mailbox mailbox = Mailbox.open();
                TestRealm realm = TestRealm.create(cluster.first(), RealmTemplate.mcp())) {
            mailbox.receiveFrom(realm);
            realm.admission("admin-approval");
            TestRealm other = realm.at(cluster.second());
            for (int i = 0; i < 3; i++) {
                asked(realm, "Twice " + i);
                String path = "/mcp/software/" + id(realm, "Twice " + i) + "/approve";
                atOnce(() -> realm.send("POST", path, "{}"), () -> other.send("POST", path, "{}"))
                        .forEach(answer -> answer.expect(200));
            }
            asked(realm, "Last here");
            asked(realm, "Last there");
            realm.send("POST", "/mcp/software/" + id(realm, "Last here") + "/approve", "{}")
                    .expect(200);
            other.send("POST", "/mcp/software/" + id(realm, "Last there") + "/approve", "{}")
                    .expect(200);
            mailbox.await(1, ALICE, "Last here");
            mailbox.await(1, ALICE, "Last there");

            for (int i = 0; i < 3; i++) {
                assertThat(mailbox.letters(ALICE, "Twice " + i)).hasSize(1);
            }
        }
    }

    /** The database is held until both nodes are at the same approval that ends; then both go on at once. */
    @Test
    void whatDatesAskForIsDoneAndToldOnce() {
        Database database = cluster.database();
        try (Mailbox mailbox = Mailbox.open();
                TestRealm realm = TestRealm.create(cluster.first(), RealmTemplate.mcp())) {
            mailbox.receiveFrom(realm);
            realm.admission("admin-approval");
            asked(realm, "Waits long");
            asked(realm, "Ends");
            String waits = id(realm, "Waits");
            String ends = id(realm, "Ends");
            realm.send("POST", "/mcp/software/" + ends + "/approve", "{}").expect(200);
            mailbox.await(1, ALICE, "App approved: Ends");
            database.execute("delete from mcp_notice where realm_id = '" + realm.id() + "'");
            String lock = "select 1 from mcp_realm where realm_id = '" + realm.id() + "' for update";
            database.holdingDuring(lock, () -> {
                database.execute("update mcp_request set asked_at = 1 where software_id = '" + waits + "'");
                database.execute("update mcp_software set registered_at = 1 where id = '" + waits + "'");
                database.execute("update mcp_software set expires_at = 1 where id = '" + ends + "'");
                Await.until("both nodes are at it", NEXT_ROUND, () -> database.waiting() >= 2);
            });

            mailbox.await(1, BOB, "App waiting for approval again: Ends");
            mailbox.await(1, BOB, "Apps are waiting for your decision");
            mailbox.await(1, ALICE, "App no longer approved: Ends");
            mailbox.await(1, ALICE, "Your request has expired: Waits long");
            // What comes later shows that nothing else is on its way; it ends anew, which is told to users anew.
            database.execute("update mcp_software set expires_at = 1, state = 'approved' where id = '" + ends + "'");
            Await.until(
                    "another round is over", NEXT_ROUND, () -> actions(realm).size() == 4);
            assertThat(actions(realm)).containsExactlyInAnyOrder("expire", "expire", "forget_request", "remind");
            assertThat(realm.get("/mcp/software/" + ends + "/decisions")
                            .at("/0/action")
                            .asText())
                    .isEqualTo("expire");
            mailbox.await(2, ALICE, "no longer");
            assertThat(mailbox.letters(BOB, "again")).hasSize(1);
            assertThat(mailbox.letters(BOB, "your decision")).hasSize(1);
            assertThat(mailbox.letters(ALICE, "no longer")).hasSize(2);
            assertThat(mailbox.letters(ALICE, "expired")).hasSize(1);
            assertThat(realm.at(cluster.second())
                            .get("/mcp/software/" + ends)
                            .path("state")
                            .asText())
                    .isEqualTo("pending");
        }
    }

    /** The gate and the guard of both nodes go by the date itself. */
    @Test
    void anApprovalEndsByItsDateOnBothNodes() {
        String client = here.oauth().registered("Dated", LOOPBACK);
        String path = "/mcp/software/" + id(here, "Dated");
        here.send("POST", path + "/approve", "{}").expect(200);
        try (Visitor alice = new Visitor(here)) {
            JsonNode[] tokens = {alice.tokens(request(here, client))};
            there.send("POST", path + "/approve", until(Duration.ofHours(1))).expect(200);
            HttpAnswer[] last = {there.oauth().refresh(client, refreshToken(tokens[0]))};
            tokens[0] = last[0].expect(200).json();
            // A date that has passed when the request arrives is refused: a slow machine takes another.
            Await.until(
                    "an approval that ends soon",
                    Duration.ofSeconds(25),
                    () -> there.send("POST", path + "/approve", until(Duration.ofSeconds(3)))
                                    .status()
                            == 200);

            Await.until("the approval ends", Duration.ofSeconds(25), () -> {
                last[0] = there.oauth().refresh(client, refreshToken(tokens[0]));
                if (last[0].status() == 200) {
                    tokens[0] = last[0].json();
                }
                return last[0].status() != 200;
            });

            assertRefused(last[0]);
            assertRefused(here.oauth().refresh(client, refreshToken(tokens[0])));
            assertThat(alice.goes(request(here, client)).waits()).isTrue();
            Await.until(
                    "the lists of both nodes follow",
                    Duration.ofSeconds(15),
                    () -> here.get(path).path("state").asText().equals("pending")
                            && there.get(path).path("state").asText().equals("pending"));
        }
    }

    private static String until(Duration fromNow) {
        return "{\"limits\": {\"until\": \"" + Instant.now().plus(fromNow) + "\"}}";
    }

    private static Authorization request(TestRealm realm, String client) {
        return realm.oauth().authorization(client, LOOPBACK).resource(TestRealm.RESOURCE);
    }

    private static void asked(TestRealm realm, String name) {
        try (Visitor alice = new Visitor(realm)) {
            alice.goes(request(realm, realm.oauth().registered(name, LOOPBACK)));
            assertThat(alice.waits()).isTrue();
        }
    }

    private static List<HttpAnswer> atOnce(Supplier<HttpAnswer> here, Supplier<HttpAnswer> there) {
        CompletableFuture<HttpAnswer> other = CompletableFuture.supplyAsync(there);
        HttpAnswer answer = here.get();
        return List.of(answer, other.join());
    }

    private static String bulk(List<String> ids) {
        return "{\"ids\": [\"" + String.join("\", \"", ids) + "\"], \"reason\": \"All of them\"}";
    }

    private static String id(TestRealm realm, String search) {
        return realm.get("/mcp/software?search=" + search.replace(" ", "%20"))
                .at("/0/id")
                .asText();
    }

    private static String state(TestRealm realm, String client) {
        return realm.client(client).at("/attributes/mcp.state").asText();
    }

    private static List<String> actions(TestRealm realm) {
        List<String> actions = new ArrayList<>();
        realm.events("CLIENT_UPDATE")
                .forEach(event -> actions.add(event.at("/details/mcp_action").asText()));
        return actions;
    }

    /** From where software was registered. */
    private static String from(TestRealm realm, String software) {
        return realm.get("/mcp/software/" + software).path("registeredFrom").asText();
    }

    private long unsent(TestRealm realm) {
        return cluster.database().number("select count(*) from mcp_mail where realm_id = '" + realm.id() + "'");
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.path("refresh_token").asText();
    }

    private static void assertRefused(HttpAnswer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(answer.json().path("error_description").asText()).doesNotContain("issuer");
    }
}
