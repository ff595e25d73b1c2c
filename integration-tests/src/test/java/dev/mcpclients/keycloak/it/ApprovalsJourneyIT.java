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
    void anApproverDecidesByKeyboardAndTheLoginOfTheUserGoesOn() {
        String name = "Notes " + UUID.randomUUID().toString().substring(0, 8);
        Authorization authorization = request(name);
        try (ChromiumBrowser alice = ChromiumBrowser.start(realm.server());
                ChromiumBrowser bob = ChromiumBrowser.start(realm.server())) {
            alice.open(authorization.uri());
            alice.signIn("alice", "alice");
            alice.await("mcp-explain");
            assertThat(alice.seriousBarriers(".mcp")).isEqualTo(NOTHING);
            alice.click("mcp-explain");
            alice.await("mcp-send");
            alice.type("reason", "For the minutes of our meetings");
            alice.click("mcp-send");
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

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
    void thePagesKeepNobodyOut(String colours, int width) {
        String name = "Meeting notes " + UUID.randomUUID().toString().substring(0, 4);
        realm.oauth().registered("Claude Code", "https://evil.example.com/cb");
        realm.oauth().registered("Cursor", "cursor://anysphere.cursor-mcp/oauth/callback");
        realm.oauth().registered(name, LOOPBACK, "https://notes.example.com/oauth/callback");
        try (ChromiumBrowser bob = ChromiumBrowser.start(realm.server())) {
            bob.size(width, 900);
            if (colours.equals("dark")) {
                bob.dark();
            }
            bob.open(realm.url("/mcp/approvals"));
            bob.signIn("bob", "bob");
            bob.await("mcp-name-0");
            check(bob, "approvals-" + colours + "-" + width);
            assertThat(bob.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.getAuthority())
                    .isEqualTo(realm.server().url().getAuthority()));

            String id = realm.get("/mcp/software?" + Http.encode(Map.of("search", name)))
                    .at("/0/id")
                    .asText();
            bob.open(realm.url("/mcp/approvals/" + id));
            bob.await("mcp-decide");
            bob.script("document.getElementById('mcp-limits').open = true; return ''");
            check(bob, "approval-" + colours + "-" + width);
            assertThat(bob.script("return getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(colours.equals("dark") ? "rgb(27, 29, 33)" : "rgb(255, 255, 255)");
        }
    }

    @Test
    void theRefusalKeepsNobodyOutEither() {
        try (ChromiumBrowser alice = ChromiumBrowser.start(realm.server())) {
            alice.open(realm.url("/mcp/approvals"));
            alice.signIn("alice", "alice");
            alice.await("mcp-message");
            check(alice, "approvals-refused");
        }
    }

    private static void check(ChromiumBrowser browser, String screenshot) {
        assertThat(browser.screenshot(screenshot)).isNotEmptyFile();
        assertThat(browser.seriousBarriers("html")).isEqualTo(NOTHING);
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
