package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.ChromiumBrowser;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The way of a user and an approver, side by side in real browsers: by keyboard, in light and dark, on a phone. */
@KeycloakTest
final class ApprovalsJourneyIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String NOTHING = "[]";
    private static final Set<String> IN_THE_DOCS = Set.of(
            "approval-conflict-light",
            "approval-light",
            "approval-limits-dark",
            "approvals-light",
            "approvals-light-phone",
            "journey-decision-dark-phone",
            "journey-decision-light",
            "journey-denied-dark",
            "journey-reason-dark",
            "journey-waiting-light",
            "journey-waiting-light-phone");

    private final McpSetup setup;
    private final TestRealm realm;

    ApprovalsJourneyIT(McpSetup setup) {
        this.setup = setup;
        this.realm = setup.realm();
    }

    @BeforeEach
    void letApproversDecide() {
        realm.admission("admin-approval");
    }

    @Test
    void userAndApproverNeedNothingButTheKeyboard() {
        String name = "Notes " + UUID.randomUUID().toString().substring(0, 8);
        Authorization authorization = request(name);
        try (ChromiumBrowser alice = ChromiumBrowser.start(realm.server());
                ChromiumBrowser bob = ChromiumBrowser.start(realm.server())) {
            signsIn(alice, authorization);
            alice.await("mcp-explain");
            assertThat(alice.seriousBarriers(".mcp")).isEqualTo(NOTHING);
            alice.tabTo("mcp-explain");
            alice.press(Keys.ENTER);
            alice.await("mcp-send");
            assertThat(alice.seriousBarriers(".mcp")).isEqualTo(NOTHING);
            alice.tabTo("reason");
            alice.press("For the minutes of our meetings");
            alice.tabTo("mcp-send");
            alice.press(Keys.ENTER);
            alice.await("mcp-waiting");

            bob.open(realm.url("/mcp/approvals?search=Notes"));
            bob.tabTo("username");
            bob.press("bob");
            bob.tabTo("password");
            bob.press("bob", Keys.ENTER);
            bob.await("mcp-name-0");
            bob.tabTo("search");
            bob.press(name, Keys.ENTER);
            bob.await("mcp-name-0");
            bob.tabTo("mcp-name-0");
            bob.press(Keys.ENTER);
            bob.await("mcp-askers");
            assertThat(bob.text()).contains(name, "For the minutes of our meetings");
            bob.tabTo("reason");
            bob.press("We use it in every team");
            bob.tabTo("mcp-approve");
            bob.press(Keys.ENTER);
            bob.await("mcp-notice");

            // Nobody touches her browser meanwhile.
            alice.await("mcp-allow");
            assertThat(alice.seriousBarriers(".mcp")).isEqualTo(NOTHING);
            alice.tabTo("mcp-allow");
            alice.press(Keys.ENTER);
            JsonNode tokens = realm.oauth()
                    .exchange(authorization, alice.awaitCallback().code())
                    .expect(200)
                    .json();
            assertThat(setup.callTool(tokens.path("access_token").asText(), "whoami", Map.of())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aUserLeavesByKeyboard() {
        Authorization waiting = request("Left alone " + UUID.randomUUID());
        String name = "Refused " + UUID.randomUUID().toString().substring(0, 8);
        Authorization denied = request(name);
        try (ChromiumBrowser alice = ChromiumBrowser.start(realm.server())) {
            signsIn(alice, waiting);
            alice.await("mcp-waiting");
            alice.tabTo("mcp-deny");
            alice.press(Keys.ENTER);
            assertThat(alice.awaitCallback().error()).contains("access_denied");

            signsIn(alice, denied);
            alice.await("mcp-waiting");
            realm.send("POST", "/mcp/software/" + id(name) + "/deny", "{\"reason\": \"It keeps what it reads\"}")
                    .expect(200);
            alice.await("mcp-denied-reason");
            assertThat(alice.text()).contains("It keeps what it reads");
            assertThat(alice.seriousBarriers(".mcp")).isEqualTo(NOTHING);
            alice.tabTo("mcp-deny");
            alice.press(Keys.ENTER);
            assertThat(alice.awaitCallback().error()).contains("access_denied");
        }
    }

    /** Every state of the page, and what the user sees meanwhile: pictures, and what axe-core finds. */
    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
    void thePagesKeepNobodyOut(String colours, int width) {
        String look = "-" + colours + (width < 500 ? "-phone" : "");
        String mark = " " + UUID.randomUUID().toString().substring(0, 4);
        String name = "Meeting notes" + mark;
        realm.oauth().registered("Claude Code", "https://evil.example.com/cb");
        realm.oauth().registered("Cursor", "cursor://anysphere.cursor-mcp/oauth/callback");
        Authorization authorization = realm.oauth()
                .authorization(
                        realm.oauth().registered(name, LOOPBACK, "https://notes.example.com/oauth/callback"), LOOPBACK)
                .scope("openid mcp:tools")
                .resource(setup.resource().toString());
        try (ChromiumBrowser alice = dressed(colours, width);
                ChromiumBrowser bob = dressed(colours, width)) {
            signsIn(alice, authorization);
            alice.await("mcp-waiting");
            check(alice, "journey-waiting" + look, width);
            alice.click("mcp-explain");
            alice.await("mcp-send");
            alice.type("reason", "For the minutes of our meetings");
            check(alice, "journey-reason" + look, width);
            alice.click("mcp-send");
            alice.await("mcp-waiting");

            bob.open(realm.url("/mcp/approvals"));
            bob.signIn("bob", "bob");
            bob.await("mcp-name-0");
            check(bob, "approvals" + look, width);
            assertThat(bob.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.getAuthority())
                    .isEqualTo(realm.server().url().getAuthority()));
            assertThat(bob.script("return getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(colours.equals("dark") ? "rgb(27, 29, 33)" : "rgb(255, 255, 255)");
            bob.open(realm.url("/mcp/approvals?search=nothing+like+this"));
            bob.await("mcp-empty");
            check(bob, "approvals-empty" + look, width);

            String other = "Calendar" + mark;
            realm.oauth().registered(other, LOOPBACK);
            bob.open(realm.url("/mcp/approvals?state=pending&search=" + other.replace(" ", "+")));
            String third = "Calendar" + mark + " two";
            realm.oauth().registered(third, LOOPBACK);
            bob.open(realm.url("/mcp/approvals?evidence=none&search=" + other.replace(" ", "+")));
            bob.click("mcp-pick-0");
            bob.click("mcp-pick-1");
            bob.type("reason", "Everybody has it");
            check(bob, "approvals-several" + look, width);
            realm.send("POST", "/mcp/software/" + id(third) + "/deny", "{\"reason\": \"First\"}")
                    .expect(200);
            bob.click("mcp-approve");
            bob.await("mcp-left");
            check(bob, "approvals-left" + look, width);

            bob.open(realm.url("/mcp/approvals/" + id(name)));
            bob.await("mcp-decide");
            check(bob, "approval" + look, width);
            bob.script("document.getElementById('mcp-limits').open = true; return ''");
            check(bob, "approval-limits" + look, width);
            bob.type("groups", "/no-such-group");
            bob.type("reason", "For one team");
            bob.click("mcp-approve");
            bob.await("mcp-problem");
            // Nothing that was typed is lost.
            assertThat(bob.script("return document.getElementById('mcp-groups').value"))
                    .isEqualTo("/no-such-group");
            check(bob, "approval-error" + look, width);
            realm.send("POST", "/mcp/software/" + id(name) + "/approve", "{\"reason\": \"We use it in every team\"}")
                    .expect(200);
            bob.type("groups", "");
            bob.type("reason", "Not for us");
            bob.click("mcp-deny");
            bob.await("mcp-problem");
            check(bob, "approval-conflict" + look, width);

            alice.await("mcp-allow");
            check(alice, "journey-decision" + look, width);
            realm.send("POST", "/mcp/software/" + id(name) + "/deny", "{\"reason\": \"It keeps what it reads\"}")
                    .expect(200);
            alice.reload();
            alice.await("mcp-denied-reason");
            check(alice, "journey-denied" + look, width);
        }
    }

    @Test
    void theRefusalKeepsNobodyOutEither() {
        try (ChromiumBrowser alice = ChromiumBrowser.start(realm.server())) {
            alice.open(realm.url("/mcp/approvals"));
            alice.signIn("alice", "alice");
            alice.await("mcp-message");
            check(alice, "approvals-refused", 1280);
        }
    }

    private ChromiumBrowser dressed(String colours, int width) {
        ChromiumBrowser browser = ChromiumBrowser.start(realm.server());
        browser.size(width, 900);
        if (colours.equals("dark")) {
            browser.dark();
        }
        return browser;
    }

    private static void signsIn(ChromiumBrowser alice, Authorization authorization) {
        alice.open(authorization.uri());
        alice.tabTo("username");
        alice.press("alice");
        alice.tabTo("password");
        alice.press("alice", Keys.ENTER);
    }

    private String id(String name) {
        return realm.get("/mcp/software?" + Http.encode(Map.of("search", name)))
                .at("/0/id")
                .asText();
    }

    /** Around the pages of the gate is Keycloak's own login theme, which is not ours to mend. */
    private static void check(ChromiumBrowser browser, String screenshot, int width) {
        browser.size(width, Integer.parseInt(browser.script("return document.documentElement.scrollHeight")));
        boolean ofTheGate = screenshot.startsWith("journey");
        assertThat(ofTheGate ? browser.screenshot(screenshot, "main") : browser.screenshot(screenshot))
                .isNotEmptyFile();
        if (IN_THE_DOCS.contains(screenshot)) {
            browser.picture(screenshot, ofTheGate ? "main" : "html");
        }
        browser.size(width, 900);
        assertThat(browser.seriousBarriers(ofTheGate ? ".mcp" : "html")).isEqualTo(NOTHING);
        assertThat(browser.script("return String(document.documentElement.scrollWidth <= window.innerWidth)"))
                .isEqualTo("true");
    }

    private Authorization request(String name) {
        return realm.oauth()
                .authorization(realm.oauth().registered(name, LOOPBACK), LOOPBACK)
                .scope("openid mcp:tools")
                .resource(setup.resource().toString());
    }
}
