package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.ChromiumBrowser;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/**
 * Every screen of the gate as people see it, in light, in dark and on a phone; nothing is loaded from elsewhere. With
 * {@code -Dmcp.write-images} the pictures of the docs are made anew.
 */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScreensInChromiumIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String CLAUDE = "https://claude.ai/api/mcp/auth_callback";
    private static final String EVIL = "https://evil.example.com/cb";
    private static final String PUNYCODE = "https://xn--80ak6aa92e.com/cb";
    private static final String NAME_OF_MARKUP = "<b>Claude</b> ${mcpAllow}<img src=https://evil.example.com/name.png>";

    private static final Set<String> IN_THE_DOCS = Set.of(
            "decision",
            "decision-dark",
            "decision-phone",
            "decision-known",
            "decision-scopes",
            "decision-look-alike",
            "decision-short",
            "waiting",
            "denied",
            "not-for-you",
            "error",
            "consent");

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final String resource;
    private final ChromiumBrowser alice;

    ScreensInChromiumIT(McpSetup setup) {
        realm = setup.realm();
        oauth = realm.oauth();
        resource = setup.resource().toString();
        alice = ChromiumBrowser.start(realm.server());
    }

    @BeforeAll
    void signIn() {
        alice.open(request("Anything", LOOPBACK).uri());
        alice.signIn("alice", "alice");
        alice.await("mcp-allow");
        alice.click("mcp-allow");
        alice.awaitCallback();
    }

    @AfterEach
    void reset() {
        realm.admission("user-approval");
        theme("keycloak.v2");
        alice.light();
        alice.size(1280, 1700);
    }

    @AfterAll
    void close() {
        alice.close();
    }

    @Test
    void anUnknownAppOnThisComputer() {
        alice.open(request("Notes for teams", LOOPBACK).uri());
        look("decision", "mcp-allow");

        assertThat(alice.text())
                .contains("Not verified", "A program on this computer")
                .contains("alice");
        assertThat(answersByKeyboard()).containsSubsequence("mcp-not-you", "mcp-deny", "mcp-allow");
    }

    @Test
    void aKnownApp() {
        alice.open(request("Claude", CLAUDE).uri());
        look("decision-known", "mcp-allow");

        assertThat(alice.text()).contains("Verified", "Anthropic", "claude.ai");
        assertThat(answersByKeyboard()).containsSubsequence("mcp-not-you", "mcp-allow", "mcp-deny");
    }

    @Test
    void aKnownAppThatWantsMore() {
        alice.open(request("Claude", CLAUDE)
                .scope("openid profile email mcp:tools offline_access")
                .uri());
        look("decision-scopes", "mcp-allow");

        assertThat(alice.text())
                .containsSubsequence("At Example MCP server", "About you", "Your email address", "Lasting access");
    }

    /** A4: the name of a product, and a code that goes elsewhere. */
    @Test
    void aLookAlike() {
        alice.open(request("Claude Code (verified by Anthropic)", EVIL).uri());
        look("decision-look-alike", "mcp-allow");

        assertThat(alice.text()).contains("looks like Claude", "evil.example.com", "Not verified");
        assertThat(answersByKeyboard()).containsSubsequence("mcp-deny", "mcp-allow");
    }

    /** A7: a host that reads like another one is shown as it is looked up, and as it is written. */
    @Test
    void aHostInOtherLetters() {
        alice.open(request("Photo shop", PUNYCODE).uri());
        look("decision-punycode", "mcp-allow");

        assertThat(alice.text()).contains("xn--80ak6aa92e.com", "аррӏе.com");
        assertThat(alice.script("return document.getElementById('mcp-destination').textContent"))
                .isEqualTo("xn--80ak6aa92e.com");
    }

    /** A27: proved by one redirect URI, used with another. */
    @Test
    void aProvenAddressBesideTheOneInUse() {
        String client = oauth.registered("Claude", CLAUDE, EVIL);
        alice.open(of(client, EVIL).uri());
        look("decision-foreign", "mcp-allow");

        assertThat(alice.text()).contains("Not verified", "evil.example.com", "looks like Claude");
    }

    /** A5: the second program that says it is the first one. */
    @Test
    void whatWasAllowedBefore() {
        String client = oauth.registered("Task list", LOOPBACK);
        try (Visitor visitor = new Visitor(realm)) {
            visitor.tokens(of(client, "http://localhost:4711/callback"));
        }
        alice.open(of(client, "http://localhost:4712/callback").uri());
        look("decision-short", "mcp-allow");

        assertThat(alice.callback()).isEmpty();
        assertThat(alice.text()).contains("You allowed this before").doesNotContain("It asks for");
        assertThat(answersByKeyboard()).containsSubsequence("mcp-deny", "mcp-allow");
        alice.script("document.getElementById('mcp-details').open = true; return ''");
        assertThat(alice.text()).contains("It asks for");
        assertBarrierFree();
    }

    @Test
    void waiting() {
        realm.admission("admin-approval");
        alice.open(request("Calendar sync", LOOPBACK).uri());
        alice.await("mcp-check");
        // The page loads itself again in a moment.
        alice.script("window.stop(); return ''");
        look("waiting", "mcp-check");

        alice.click("mcp-explain");
        look("waiting-reason", "mcp-send");
    }

    @Test
    void denied() {
        Authorization authorization = request("File collector", "https://files.example.net/cb");
        decide(
                "File collector",
                "deny",
                Map.of("reason", "It sends documents to a country that we may not send them to"));
        alice.open(authorization.uri());
        look("denied", "mcp-denied-reason");

        assertThat(alice.text())
                .contains("not allowed", "It sends documents", "files.example.net", "Nobody vouches for the name")
                .doesNotContain("receives access");
    }

    @Test
    void notForThisUser() {
        String group = realm.create("/groups", Json.object(Map.of("name", "finance")));
        Authorization authorization = request("Ledger helper", "https://ledger.example.net/cb");
        decide("Ledger helper", "approve", Map.of("limits", Map.of("groups", List.of(group))));
        alice.open(authorization.uri());
        look("not-for-you", "mcp-problem");

        assertThat(alice.text()).contains("members of these groups only", "finance");
    }

    @Test
    void unusable() {
        alice.open(request("Lost app", EVIL)
                .resource("https://unknown.example.com/mcp")
                .uri());
        look("unusable", "mcp-problem");

        assertThat(alice.text()).contains("https://unknown.example.com/mcp", "evil.example.com");
    }

    /** A28: an answer that would send the visitor on at once. */
    @Test
    void anErrorThatLeadsNowhereByItself() {
        alice.open(request("Redirector", EVIL).prompt("none").uri());
        look("error", "mcp-return");

        assertThat(alice.callback()).isEmpty();
        assertThat(alice.text()).contains("evil.example.com").doesNotContain("receives access");
    }

    @Test
    void consentOfAnOrdinaryClientInThemeMcp() {
        theme("mcp");
        realm.create(
                "/clients",
                Json.object(Map.of(
                        "clientId",
                        "wiki",
                        "name",
                        "Team wiki",
                        "publicClient",
                        true,
                        "consentRequired",
                        true,
                        "redirectUris",
                        List.of(EVIL))));
        alice.open(oauth.authorization("wiki", EVIL).scope("openid").uri());
        look("consent-ordinary", "kc-login");

        assertThat(alice.text()).contains("Team wiki", "Email address");
    }

    @Test
    void theDecisionInThemeMcp() {
        theme("mcp");
        alice.open(request("Notes for teams", LOOPBACK).uri());
        look("decision-theme-mcp", "mcp-allow");
    }

    /** The consent page comes after the gate where a consent disappears in between. */
    @Test
    void consentOfAnAppInThemeMcp() {
        theme("mcp");
        try (AfterTheGate after = new AfterTheGate(realm)) {
            alice.open(request("Notes for teams", LOOPBACK).uri());
            alice.await("mcp-allow");
            alice.click("mcp-allow");
            alice.await("kc-accept");
            after.takeConsentsBack();
            alice.click("kc-accept");
            look("consent", "kc-login");

            assertThat(alice.text())
                    .contains("Notes for teams", "Not verified", "A program on this computer", "Example MCP server");
            assertThat(alice.script("return document.querySelector('#mcp-consent button').id"))
                    .isEqualTo("kc-cancel");
        }
    }

    static Stream<String> languages() {
        return Stream.of("de", "fr", "es", "ja", "zh-CN");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void theDecisionInOtherLanguages(String language) {
        try (ChromiumBrowser browser = ChromiumBrowser.start(realm.server())) {
            browser.size(360, 1500);
            browser.open(request("Claude Code (verified by Anthropic)", EVIL)
                    .scope("openid profile email mcp:tools offline_access")
                    .with("ui_locales", language)
                    .uri());
            browser.signIn("alice", "alice");
            browser.await("mcp-allow");

            assertThat(browser.screenshot("decision-" + language)).isNotEmptyFile();
            assertThat(browser.script("return String(document.documentElement.scrollWidth <= window.innerWidth)"))
                    .isEqualTo("true");
            assertThat(browser.script("return document.documentElement.lang")).startsWith(language.substring(0, 2));
        }
    }

    /** A12, A13: whatever an app calls itself and wherever its logo lies, no screen asks its host for anything. */
    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "mcp"})
    void noScreenLoadsAnythingForAHostileApp(String theme) {
        theme(theme);
        String client = oauth.registered("Hostile app in " + theme, EVIL);
        String software = software("Hostile app in " + theme);
        makeHostile(client);

        alice.open(of(client, EVIL).uri());
        assertHarmless("mcp-allow");
        alice.open(of(client, EVIL).resource("https://unknown.example.com/mcp").uri());
        assertHarmless("mcp-problem");
        alice.open(of(client, EVIL).prompt("none").uri());
        assertHarmless("mcp-return");
        String group = realm.create("/groups", Json.object(Map.of("name", "nobody in " + theme)));
        send(software, "approve", Map.of("limits", Map.of("groups", List.of(group))));
        alice.open(of(client, EVIL).uri());
        assertHarmless("mcp-problem");
        send(software, "suspend", Map.of("reason", "Looking into it"));
        alice.open(of(client, EVIL).uri());
        assertHarmless("mcp-check");
        send(software, "deny", Map.of("reason", "<img src=https://evil.example.com/reason.png>"));
        alice.open(of(client, EVIL).uri());
        assertHarmless("mcp-denied-reason");
        send(software, "reopen", Map.of());
        send(software, "approve", Map.of());
        try (AfterTheGate after = new AfterTheGate(realm)) {
            alice.open(of(client, EVIL).uri());
            alice.await("mcp-allow");
            alice.click("mcp-allow");
            alice.await("kc-accept");
            after.takeConsentsBack();
            if (theme.equals("mcp")) {
                alice.click("kc-accept");
                assertHarmless("kc-login");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 360"})
    void theApprovalsPageLoadsNothingForAHostileApp(String colours, int width) {
        String client = oauth.registered("Hostile " + colours, EVIL);
        String software = software("Hostile " + colours);
        makeHostile(client);
        try (ChromiumBrowser bob = ChromiumBrowser.start(realm.server())) {
            bob.size(width, 900);
            if (colours.equals("dark")) {
                bob.dark();
            }
            bob.open(realm.url("/mcp/approvals/" + software));
            bob.signIn("bob", "bob");
            bob.await("mcp-decide");
            assertFromHere(bob);
            assertThat(bob.script("return document.querySelectorAll('main img, main script').length + ''"))
                    .isEqualTo("0");
        }
    }

    /** Checks and pictures of the page that alice sees, in all three forms. */
    private void look(String name, String element) {
        alice.await(element);
        form(name, "light", 1280);
        form(name, "dark", 1280);
        form(name, "light", 360);
        alice.light();
        alice.size(1280, 1700);
    }

    private void form(String name, String colours, int width) {
        if (colours.equals("dark")) {
            alice.dark();
        } else {
            alice.light();
        }
        alice.size(width, 1700);
        String suffix = width == 360 ? "-phone" : colours.equals("dark") ? "-dark" : "";
        assertThat(alice.screenshot(name + suffix)).isNotEmptyFile();
        if (IN_THE_DOCS.contains(name + suffix)) {
            alice.picture(name + suffix, "main");
        }
        assertBarrierFree();
        assertThat(alice.script("return String(document.documentElement.scrollWidth <= window.innerWidth)"))
                .as(name + suffix)
                .isEqualTo("true");
        assertFromHere(alice);
        assertThat(alice.title())
                .as("what the window is called")
                .isEqualTo(alice.script("return document.querySelector('h1').textContent.trim()") + " · MCP");
        assertThat(alice.script("return [...document.querySelectorAll('.mcp button, .mcp a, .mcp summary')]"
                        + ".filter(target => target.offsetParent && target.getBoundingClientRect().height < 44)"
                        + ".map(target => target.outerHTML).join()"))
                .as("what a finger does not hit")
                .isEmpty();
    }

    private void assertBarrierFree() {
        assertThat(alice.seriousBarriers(".mcp")).isEqualTo("[]");
        assertThat(alice.script("return [...document.querySelectorAll('h1, .mcp h2, .mcp h3, .mcp h4')]"
                        + ".filter(h => h.offsetParent).map(h => h.tagName).join('')"))
                .matches("H1H2(H3(H4)*)*");
    }

    private void assertHarmless(String element) {
        alice.await(element);
        assertFromHere(alice);
        assertThat(alice.script("return document.querySelectorAll('.mcp img, .mcp b, .mcp script').length + ''"))
                .isEqualTo("0");
        assertThat(alice.text()).contains("bClaude/b {mcpAllow}img src=https://evil.example.com/name.png");
    }

    private void assertFromHere(ChromiumBrowser browser) {
        assertThat(browser.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.getAuthority())
                .isEqualTo(realm.server().url().getAuthority()));
    }

    /** What the keyboard reaches on the page, in this order. */
    private List<String> answersByKeyboard() {
        List<String> reached = new ArrayList<>();
        alice.script("document.activeElement.blur(); return ''");
        for (int i = 0; i < 30 && !(reached.contains("mcp-allow") && reached.contains("mcp-deny")); i++) {
            alice.press(Keys.TAB);
            reached.add(alice.script("return document.activeElement.id"));
        }
        return reached;
    }

    /** As an update at the database or by an admin could make it; registration stores none of this. */
    private void makeHostile(String clientId) {
        ObjectNode client = realm.client(clientId).deepCopy();
        client.put("name", NAME_OF_MARKUP);
        ObjectNode attributes = client.withObject("/attributes");
        Stream.of("logoUri", "policyUri", "tosUri")
                .forEach(uri -> attributes.put(uri, "https://evil.example.com/" + uri + ".png"));
        client.put("baseUrl", "https://evil.example.com/");
        realm.put("/clients/" + client.path("id").asText(), client);
    }

    private Authorization request(String name, String redirectUri) {
        return of(oauth.registered(name, redirectUri), redirectUri);
    }

    private Authorization of(String client, String redirectUri) {
        return oauth.authorization(client, redirectUri).resource(resource).scope("openid mcp:tools");
    }

    private String software(String name) {
        for (JsonNode software : realm.get("/mcp/software?" + Http.encode(Map.of("search", name)))) {
            if (software.path("name").asText().equals(name)) {
                return software.path("id").asText();
            }
        }
        throw new AssertionError("No software is called " + name);
    }

    private void decide(String name, String action, Map<String, ?> body) {
        send(software(name), action, body);
    }

    private void send(String software, String action, Map<String, ?> body) {
        realm.send(
                        "POST",
                        "/mcp/software/" + software + "/" + action,
                        Json.object(body).toString())
                .expect(200);
    }

    private void theme(String name) {
        realm.change(Json.object(Map.of("loginTheme", name)));
    }
}
