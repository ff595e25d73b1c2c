package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Browser;
import dev.mcpclients.keycloak.it.support.Callback;
import dev.mcpclients.keycloak.it.support.ChromiumBrowser;
import dev.mcpclients.keycloak.it.support.HtmlUnitBrowser;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Jwt;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The browsers of the other tests do what a user's browser does, at Keycloak's own pages. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserIT {

    private static final String WEB = "https://app.example.com/cb";
    private static final String APP = "com.example.app:/cb";
    private static final String LOOPBACK = "http://127.0.0.1:9/cb";

    private final TestRealm realm;

    BrowserIT(KeycloakServer server) {
        realm = TestRealm.create(server, RealmTemplate.mcp().withoutExtension());
    }

    @BeforeAll
    void addClient() {
        realm.create(
                "/clients",
                Json.object(Map.of(
                        "clientId", "plain", "publicClient", true, "redirectUris", List.of(WEB, APP, LOOPBACK))));
    }

    @AfterAll
    void deleteRealm() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {WEB, APP, LOOPBACK})
    void htmlUnitKeepsTheRedirectAndStaysAtKeycloak(String redirectUri) {
        try (HtmlUnitBrowser browser = new HtmlUnitBrowser(realm.server())) {
            assertSignIn(browser, redirectUri);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WEB, APP, LOOPBACK})
    void chromiumTellsWhereItWasSent(String redirectUri) {
        try (ChromiumBrowser browser = ChromiumBrowser.start(realm.server())) {
            assertSignIn(browser, redirectUri);
            assertThat(browser.requests()).isNotEmpty();
        }
    }

    @Test
    void loginPagesLoadNothingFromElsewhere() {
        try (ChromiumBrowser browser = ChromiumBrowser.start(realm.server())) {
            browser.open(realm.oauth().authorization("plain", WEB).uri());
            assertThat(browser.screenshot("login")).isNotEmptyFile();
            assertThat(browser.requests()).allSatisfy(request -> assertThat(request.getAuthority())
                    .isEqualTo(realm.server().url().getAuthority()));
        }
    }

    private void assertSignIn(Browser browser, String redirectUri) {
        Authorization authorization =
                realm.oauth().authorization("plain", redirectUri).scope("openid");
        browser.open(authorization.uri());
        assertThat(browser.title()).contains("Sign in");
        assertThat(browser.callback()).isEmpty();

        browser.signIn("alice", "alice");

        Callback callback = browser.awaitCallback();
        assertThat(callback.uri().toString()).startsWith(redirectUri);
        assertThat(callback.parameter("state")).contains(authorization.state());
        String token = realm.oauth()
                .exchange(authorization, callback.code())
                .expect(200)
                .json()
                .path("access_token")
                .asText();
        assertThat(Jwt.claims(token).path("preferred_username").asText()).isEqualTo("alice");
    }
}
