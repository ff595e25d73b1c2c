package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.ChromiumBrowser;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the gate as people see them: in both of Keycloak's themes, on a phone, in their language. */
@KeycloakTest
final class ScreensIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String WEB = "https://app.example.com/cb";

    private final TestRealm realm;
    private final String resource;

    ScreensIT(McpSetup setup) {
        realm = setup.realm();
        resource = setup.resource().toString();
    }

    @AfterEach
    void leave() {
        theme("keycloak.v2");
        realm.admission("user-approval");
    }

    @ParameterizedTest
    @CsvSource({"keycloak.v2, 1280", "keycloak.v2, 360", "keycloak, 1280", "keycloak, 360"})
    void fitTheWindowAndLoadNothingFromElsewhere(String theme, int width) {
        theme(theme);
        try (ChromiumBrowser browser = ChromiumBrowser.start(realm.server())) {
            browser.size(width, 900);
            browser.open(request("App with a name that is as long as it may be " + "x".repeat(40), WEB)
                    .uri());
            browser.signIn("alice", "alice");

            browser.await("mcp-allow");
            assertThat(browser.screenshot("decision-" + theme + "-" + width)).isNotEmptyFile();
            assertThat(browser.script("return String(document.documentElement.scrollWidth <= window.innerWidth)"))
                    .isEqualTo("true");
            assertThat(browser.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.getAuthority())
                    .isEqualTo(realm.server().url().getAuthority()));
            assertThat(browser.script("return getComputedStyle(document.querySelector('.mcp-app')).borderLeftWidth"))
                    .isEqualTo("4px");
        }
    }

    @Test
    void makeRefusingTheEasyChoiceWhereNothingIsVerified() {
        try (ChromiumBrowser browser = ChromiumBrowser.start(realm.server())) {
            browser.open(request("Some App", LOOPBACK).uri());
            browser.signIn("alice", "alice");
            browser.await("mcp-allow");

            assertThat(browser.script("return document.activeElement.id")).isNotEqualTo("mcp-allow");
            assertThat(browser.script("return document.querySelector('form.mcp-answers button').id"))
                    .isEqualTo("mcp-deny");
        }
    }

    /** What a screen reader goes by: one heading after the other, every field with its label. */
    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void areWellStructured(String theme) {
        theme(theme);
        realm.admission("admin-approval");
        try (ChromiumBrowser browser = ChromiumBrowser.start(realm.server())) {
            browser.open(request("App " + UUID.randomUUID(), LOOPBACK).uri());
            browser.signIn("alice", "alice");
            browser.await("mcp-explain");
            assertThat(browser.screenshot("waiting-" + theme)).isNotEmptyFile();
            assertThat(browser.script("return document.querySelectorAll('h1').length + '/' +"
                            + " document.querySelectorAll('h2').length"))
                    .isEqualTo("1/1");

            browser.click("mcp-explain");
            browser.await("mcp-send");

            assertThat(browser.script("return document.getElementById('mcp-reason').labels.length + ''"))
                    .isEqualTo("1");
        }
    }

    /** WCAG 2.2.1: a page that begins anew every few seconds cannot be read out. */
    @Test
    void stayStillWhereTheUserWantsIt() {
        realm.admission("admin-approval");
        String name = "App " + UUID.randomUUID();
        try (Visitor visitor = new Visitor(realm)) {
            visitor.goes(request(name, LOOPBACK));
            assertThat(visitor.browser().header("Refresh")).isPresent();

            visitor.browser().click("mcp-hold");
            assertThat(visitor.waits()).isTrue();
            assertThat(visitor.browser().header("Refresh")).isEmpty();
            visitor.browser().click("mcp-check");
            assertThat(visitor.browser().header("Refresh")).isEmpty();
            visitor.browser().click("mcp-go-on");
            assertThat(visitor.browser().header("Refresh")).isPresent();
            visitor.browser().click("mcp-hold");

            String id = realm.get("/mcp/software?search=" + name.replace(" ", "%20"))
                    .at("/0/id")
                    .asText();
            realm.send("POST", "/mcp/software/" + id + "/approve", "{}").expect(200);
            visitor.browser().click("mcp-check");
            assertThat(visitor.isAsked()).isTrue();
        }
    }

    /** Without a click and without a script of ours. */
    @Test
    void goOnByThemselvesWhenTheDecisionFalls() {
        realm.admission("admin-approval");
        String name = "App " + UUID.randomUUID();
        try (ChromiumBrowser browser = ChromiumBrowser.start(realm.server())) {
            browser.open(request(name, LOOPBACK).uri());
            browser.signIn("alice", "alice");
            browser.await("mcp-waiting");

            String id = realm.get("/mcp/software?search=" + name.replace(" ", "%20"))
                    .at("/0/id")
                    .asText();
            realm.send("POST", "/mcp/software/" + id + "/approve", "{}").expect(200);

            browser.await("mcp-allow");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en, Allow access?",
        "de, Zugriff erlauben?",
        "fr, Autoriser l’accès",
        "es, ¿Permitir el acceso?",
        "ja, アクセスを許可しますか",
        "zh-CN, 允许访问吗",
        "pt-BR, Allow access?"
    })
    void speakTheLanguageOfTheUser(String language, String title) {
        try (Visitor visitor = new Visitor(realm)) {
            visitor.goes(request("Some App", LOOPBACK).with("ui_locales", language));

            assertThat(visitor.isAsked()).isTrue();
            assertThat(visitor.browser().text()).contains(title);
        }
    }

    private Authorization request(String name, String redirectUri) {
        return realm.oauth()
                .authorization(realm.oauth().registered(name, redirectUri), redirectUri)
                .resource(resource)
                .scope("openid mcp:tools offline_access");
    }

    private void theme(String name) {
        ObjectNode members = Json.object(Map.of("loginTheme", name));
        realm.change(members);
    }
}
