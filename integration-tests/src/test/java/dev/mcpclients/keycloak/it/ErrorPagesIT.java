package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Callback;
import dev.mcpclients.keycloak.it.support.ChromiumBrowser;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A28: the realm sends nobody on to a host that nobody vouches for; stock Keycloak redirects each of these before any page. */
@KeycloakTest
final class ErrorPagesIT {

    private static final String EVIL = "https://evil.example.com/cb";
    private static final String CLAUDE = "https://claude.ai/api/mcp/auth_callback";
    private static final String LOOPBACK = "http://127.0.0.1/cb";

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final Visitor visitor;

    ErrorPagesIT(McpSetup setup) {
        realm = setup.realm();
        oauth = realm.oauth();
        visitor = new Visitor(realm);
    }

    @BeforeEach
    void letUsersDecide() {
        realm.admission("user-approval");
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @ParameterizedTest
    @CsvSource({
        "prompt, none, login_required",
        "scope, openid no:such:scope, invalid_scope",
        "code_challenge, short, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "response_type, token, unauthorized_client",
        "response_type, code id_token, unauthorized_client",
        "response_type, nonsense, unsupported_response_type",
        "response_mode, nonsense, invalid_request",
        "response_mode, query.jwt&scope=no:such, invalid_scope",
        "response_mode, form_post&scope=no:such, invalid_scope",
        "response_mode, fragment&scope=no:such, invalid_scope",
        "state, x&state=y, invalid_request",
        "resource, https://a.example/mcp&resource=https://b.example/mcp, invalid_request",
        "authorization_details, {, invalid_request",
    })
    void showsAPageInPlaceOfTheRedirect(String parameter, String value, String error) {
        assertPage(Http.get(URI.create(unapproved().without(parameter).uri() + "&" + query(parameter, value))), error);
    }

    @ParameterizedTest
    @CsvSource({
        "code_challenge, invalid_request",
        "code_challenge_method, invalid_request",
        "response_type, invalid_request",
    })
    void showsAPageWhereAParameterIsMissing(String parameter, String error) {
        assertPage(Http.get(unapproved().without(parameter).uri()), error);
    }

    /** These never led anywhere: Keycloak has pages for them. */
    @ParameterizedTest
    @CsvSource({
        "max_age, soon",
        "request, nonsense",
        "request_uri, https://evil.example.com/request",
        "request_uri, urn:ietf:params:oauth:request_uri:nothing",
        "redirect_uri, https://other.example.com/cb",
    })
    void leavesKeycloaksOwnPages(String parameter, String value) {
        HttpAnswer answer = Http.get(unapproved().with(parameter, value).uri());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.body()).doesNotContain("mcp-return");
    }

    @Test
    void showsAPageForEveryWayIn() {
        Authorization wrong = unapproved().scope("openid no:such:scope");
        Map<String, String> parameters = parameters(wrong);

        assertPage(Http.postForm(realm.url("/protocol/openid-connect/auth"), parameters), "invalid_scope");
        realm.change(Json.object(Map.of("registrationAllowed", true)));
        URI registrations =
                URI.create(realm.url("/protocol/openid-connect/registrations") + "?" + Http.encode(parameters));
        assertPage(Http.get(registrations), "invalid_scope");
        Map<String, String> outside = new LinkedHashMap<>(parameters);
        outside.put("scope", "openid");
        outside.put("request", unsigned(parameters));
        assertPage(authorize(outside), "invalid_scope");
    }

    @Test
    void showsAPageWhereTheRequestWasPushed() {
        Authorization silent = unapproved().prompt("none");
        String requestUri = Http.postForm(realm.url("/protocol/openid-connect/ext/par/request"), parameters(silent))
                .expect(201)
                .json()
                .path("request_uri")
                .asText();
        Map<String, String> pushed = Map.of("client_id", silent.clientId(), "request_uri", requestUri);

        assertPage(authorize(pushed), "login_required");
        assertPage(authorize(pushed), "login_required");
    }

    /** The link is the visitor's own click; it tells the client what Keycloak would have told it. */
    @Test
    void tellsTheClientOnAClick() {
        Authorization wrong = unapproved().scope("openid no:such:scope");
        visitor.browser().open(wrong.uri());
        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.browser().status()).isEqualTo(400);
        assertThat(visitor.browser().text()).contains("evil.example.com", "Unapproved", "invalid_scope");

        visitor.browser().click("mcp-return");

        Callback callback = visitor.browser().awaitCallback();
        assertThat(callback.uri().toString()).startsWith(EVIL);
        assertThat(callback.error()).contains("invalid_scope");
        assertThat(callback.parameter("state")).contains(wrong.state());
        assertThat(callback.parameter("iss")).contains(realm.issuer().toString());
        JsonNode event = realm.events("LOGIN_ERROR").get(0).path("details");
        assertThat(event.path("mcp_outcome").asText()).isEqualTo("error_shown");
        assertThat(event.path("redirect_uri").asText()).isEqualTo(EVIL);
    }

    /** A4, A12, A13 where nobody has signed in yet. */
    @Test
    void takesNothingOfTheNameForMarkupOrMessages() {
        Authorization wrong = unapproved("Plain").scope("no:such");
        ObjectNode client = realm.client(wrong.clientId()).deepCopy();
        client.put("name", "Claude ${mcpAllow} <b>Co</b>\u202ede\u200b<img src=x>");
        client.withObject("/attributes").put("logoUri", "https://evil.example.com/logo.png");
        realm.put("/clients/" + client.path("id").asText(), client);

        visitor.browser().open(wrong.uri());

        assertThat(visitor.browser().text())
                .contains("Claude {mcpAllow} bCo/bdeimg src=x", "looks like Claude", "evil.example.com");
        assertThat(visitor.browser().markup()).doesNotContain("<b>Co", "<img", "logo.png", "\u202e", "\u200b");
    }

    @Test
    void answersPromptNoneOfASignedInUserWithAPage() {
        visitor.goes(oauth.authorization(oauth.registered("Other", LOOPBACK), LOOPBACK));
        visitor.allows();

        visitor.browser().open(unapproved().prompt("none").uri());

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.browser().text()).contains("evil.example.com", "interaction_required");
    }

    /** She decided about it herself; a client that renews its tokens silently goes on doing so. */
    @Test
    void goesOnSilentlyForWhoAllowedItBefore() {
        Authorization first = unapproved();
        visitor.tokens(first);
        Authorization silent = oauth.authorization(first.clientId(), EVIL).prompt("none");

        visitor.browser().open(silent.uri());

        oauth.exchange(silent, visitor.browser().awaitCallback().code()).expect(200);
    }

    /** What she decided about was another address. */
    @Test
    void doesNotGoOnSilentlyToAnotherAddressOfTheSameClient() {
        String client = oauth.registered("Both sides", EVIL, LOOPBACK);
        visitor.tokens(oauth.authorization(client, LOOPBACK));

        visitor.browser().open(oauth.authorization(client, EVIL).prompt("none").uri());

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.browser().text()).contains("evil.example.com", "interaction_required");
    }

    /** Keycloak redirects what a client policy of the realm refuses, too. */
    @Test
    void showsAPageWhereAPolicyOfTheRealmRefuses() {
        Authorization withoutNonce = unapproved().scope("openid");
        realm.put(
                "/client-policies/profiles",
                Json.parse(
                        """
                        {"profiles": [{"name": "strict", "executors": [{"executor": "secure-session", "configuration": {}}]}]}"""));
        // As the admin console does it: what is global comes back unchanged.
        ObjectNode policies = realm.get("/client-policies/policies?include-global-policies=true")
                .deepCopy();
        assertThat(policies.path("globalPolicies").findValuesAsText("name")).contains("mcp-clients");
        policies.putArray("policies")
                .add(
                        Json.parse(
                                """
                        {"name": "strict", "enabled": true, "profiles": ["strict"],
                         "conditions": [{"condition": "any-client", "configuration": {}}]}"""));
        realm.put("/client-policies/policies", policies);
        try {
            assertPage(Http.get(withoutNonce.uri()), "invalid_request");
            assertThat(Http.get(withoutNonce.with("nonce", "n").uri()).status()).isEqualTo(200);
        } finally {
            realm.put("/client-policies/policies", Json.parse("{\"policies\": []}"));
            realm.put("/client-policies/profiles", Json.parse("{\"profiles\": []}"));
        }
    }

    /** An address that anybody can make up: Keycloak sends a signed-in visitor from it to the client at once. */
    @ParameterizedTest
    @ValueSource(strings = {"query", "fragment", "form_post"})
    void showsAPageWhereALoginIsLongOver(String mode) {
        visitor.goes(oauth.authorization(oauth.registered("Other", LOOPBACK), LOOPBACK));
        visitor.allows();

        visitor.browser().open(overdue(unapproved().clientId(), EVIL, mode));

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.browser().status()).isEqualTo(400);
        assertThat(visitor.browser().text()).contains("evil.example.com", "temporarily_unavailable");
        assertThat(visitor.browser().markup()).doesNotContain("<form");

        String local = oauth.registered("Other", LOOPBACK);
        visitor.browser().open(overdue(local, LOOPBACK, "query"));
        assertThat(visitor.browser().awaitCallback().error()).contains("temporarily_unavailable");
    }

    /** A visitor without a session is sent on from the logout endpoint at once. */
    @Test
    void sendsNobodyOnAfterALogout() {
        String logout = realm.url("/protocol/openid-connect/logout") + "?"
                + Http.encode(Map.of("client_id", unapproved().clientId(), "post_logout_redirect_uri", EVIL));

        HttpAnswer answer = Http.get(URI.create(logout));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
    }

    @Test
    void redirectsToWhomAPersonApprovedToKnownHostsAndToThisComputer() {
        Authorization approved = unapproved("Approved");
        decide("Approved", "approve");
        assertRedirect(approved);
        decide("Approved", "suspend");
        assertPage(Http.get(approved.scope("no:such").uri()), "invalid_scope");

        assertRedirect(oauth.authorization(oauth.registered("Claude", CLAUDE), CLAUDE));
        assertRedirect(oauth.authorization(oauth.registered("Local", LOOPBACK), LOOPBACK));
        String schemed = "com.example.app:/cb";
        assertRedirect(oauth.authorization(oauth.registered("Schemed", schemed), schemed));
    }

    /** One client may have both: what counts is where this error would go. */
    @Test
    void judgesTheRedirectUriThatIsUsed() {
        String client = oauth.registered("Both", EVIL, CLAUDE, LOOPBACK);

        assertRedirect(oauth.authorization(client, CLAUDE));
        assertRedirect(oauth.authorization(client, LOOPBACK));
        assertPage(Http.get(oauth.authorization(client, EVIL).scope("no:such").uri()), "invalid_scope");
    }

    /** A18: a client ID metadata document would be fetched from here; it is an unknown client, and nobody asks the address. */
    @Test
    void fetchesNoClientIdThatIsAUrl() throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            inside.setSoTimeout(1);
            String document = "http://127.0.0.1:" + inside.getLocalPort() + "/client.json";

            HttpAnswer answer = Http.get(oauth.authorization(document, EVIL).uri());

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Location")).isEmpty();
            assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void leavesOtherClientsAlone() {
        realm.create(
                "/clients",
                Json.object(Map.of("clientId", "foreign", "publicClient", true, "redirectUris", List.of(EVIL))));
        try {
            assertRedirect(oauth.authorization("foreign", EVIL));
        } finally {
            realm.delete("/clients/" + realm.client("foreign").path("id").asText());
        }
    }

    /** As for a login: chosen on the page before the profile, the profile before what the client asks for. */
    @Test
    void speaksTheLanguageOfTheUser() {
        Authorization wrong = unapproved().scope("no:such");
        assertThat(spoken(wrong)).isEqualTo("en");
        assertThat(spoken(wrong.with("ui_locales", "xx zh-TW de-AT fr"))).isEqualTo("de");
        Map<String, String> pushed = parameters(unapproved().prompt("none").with("ui_locales", "ja"));
        String requestUri = Http.postForm(realm.url("/protocol/openid-connect/ext/par/request"), pushed)
                .expect(201)
                .json()
                .path("request_uri")
                .asText();
        assertThat(authorize(Map.of("client_id", wrong.clientId(), "request_uri", requestUri))
                        .body())
                .contains("lang=\"ja\"");

        visitor.goes(oauth.authorization(oauth.registered("Other", LOOPBACK), LOOPBACK));
        visitor.allows();
        String alice = "/users/"
                + realm.get("/users?username=alice&exact=true").at("/0/id").asText();
        ObjectNode user = realm.get(alice).deepCopy();
        user.withObject("/attributes").putArray("locale").add("fr");
        realm.put(alice, user);
        try {
            assertThat(spoken(wrong.with("ui_locales", "de"))).isEqualTo("fr");
            assertThat(spoken(wrong.with("ui_locales", "de").with("kc_locale", "es")))
                    .isEqualTo("es");
        } finally {
            user.withObject("/attributes").remove("locale");
            realm.put(alice, user);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void staysTheSamePageInAnotherLanguage(String theme) {
        realm.change(Json.object(Map.of("loginTheme", theme)));
        Authorization wrong = unapproved().scope("no:such").with("state", "a b&c=d%20{e}");
        try {
            visitor.browser().open(wrong.uri());
            String japanese = Pattern.compile("\"([^\"]*kc_locale=ja[^\"]*)\"")
                    .matcher(visitor.browser().markup())
                    .results()
                    .map(found -> found.group(1).replace("&amp;", "&"))
                    .findFirst()
                    .orElseThrow();

            visitor.browser().open(realm.server().url().resolve(japanese));

            assertThat(visitor.browser().markup()).contains("lang=\"ja\"");
            visitor.browser().click("mcp-return");
            Callback callback = visitor.browser().awaitCallback();
            assertThat(callback.error()).contains("invalid_scope");
            assertThat(callback.parameter("state")).contains("a b&c=d%20{e}");
        } finally {
            realm.change(Json.object(Map.of("loginTheme", "keycloak.v2")));
        }
    }

    /** A posted request has no address to come back to. */
    @Test
    void offersNoOtherLanguageWhereTheRequestWasPosted() {
        HttpAnswer answer = Http.postForm(
                realm.url("/protocol/openid-connect/auth"),
                parameters(unapproved().scope("no:such").with("ui_locales", "de")));

        assertThat(answer.body()).contains("lang=\"de\"", "mcp-return").doesNotContain("kc_locale");
    }

    /** RFC 6749 section 10.13: what is shown in a frame can be clicked unseen. */
    @Test
    void isShownInNoFrame() {
        visitor.browser().open(unapproved().scope("no:such").uri());
        assertUnframed();

        visitor.goes(unapproved("Not in a frame"));
        assertThat(visitor.isAsked()).isTrue();
        assertUnframed();
    }

    /** Beside the realm's own policy: of two both hold. */
    private void assertUnframed() {
        assertThat(visitor.browser().headers("Content-Security-Policy"))
                .hasSize(2)
                .anySatisfy(policy -> assertThat(policy).contains("frame-ancestors 'none'"))
                .anySatisfy(policy -> assertThat(policy).contains("frame-src 'self'"));
        assertThat(visitor.browser().headers("X-Frame-Options")).containsExactly("DENY");
        assertThat(visitor.browser().headers("X-Content-Type-Options")).containsExactly("nosniff");
    }

    /** As people see it, in both of Keycloak's themes; nothing is loaded from elsewhere. */
    @ParameterizedTest
    @CsvSource({"keycloak.v2, 1280, en", "keycloak.v2, 360, ja", "keycloak, 360, de"})
    void fitsTheWindowAndLoadsNothingFromElsewhere(String theme, int width, String language) {
        realm.change(Json.object(Map.of("loginTheme", theme)));
        Authorization wrong = unapproved("Claude Code").scope("no:such").with("ui_locales", language);
        try (ChromiumBrowser browser = ChromiumBrowser.start(realm.server())) {
            browser.size(width, 900);
            browser.open(wrong.uri());
            browser.await("mcp-return");

            assertThat(browser.screenshot("error-" + theme + "-" + width)).isNotEmptyFile();
            assertThat(browser.script("return String(document.documentElement.scrollWidth <= window.innerWidth)"))
                    .isEqualTo("true");
            assertThat(browser.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.getAuthority())
                    .isEqualTo(realm.server().url().getAuthority()));
        } finally {
            realm.change(Json.object(Map.of("loginTheme", "keycloak.v2")));
        }
    }

    private static void assertPage(HttpAnswer answer, String error) {
        assertThat(answer.body()).contains("evil.example.com", "mcp-return", ">" + error + "<");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.body()).doesNotContain("<form", "http-equiv=\"refresh\"", ".submit(");
    }

    private static void assertRedirect(Authorization authorization) {
        HttpAnswer answer = Http.get(authorization.scope("no:such").uri());
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).hasValueSatisfying(location -> assertThat(location)
                .startsWith(authorization.redirectUri())
                .contains("error=invalid_scope"));
    }

    private String spoken(Authorization authorization) {
        visitor.browser().open(authorization.uri());
        return Pattern.compile("<html[^>]* lang=\"([^\"]*)\"")
                .matcher(visitor.browser().markup())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private Authorization unapproved() {
        return unapproved("Unapproved");
    }

    private Authorization unapproved(String name) {
        return oauth.authorization(oauth.registered(name, EVIL), EVIL);
    }

    private HttpAnswer authorize(Map<String, String> parameters) {
        return Http.get(URI.create(realm.url("/protocol/openid-connect/auth") + "?" + Http.encode(parameters)));
    }

    /** A page of a login that this browser knows nothing of. */
    private URI overdue(String client, String redirectUri, String mode) {
        String login = Json.object(Map.of("ru", redirectUri, "rt", "code", "rm", mode, "st", "s"))
                .toString();
        return URI.create(realm.url("/login-actions/authenticate") + "?"
                + Http.encode(Map.of("client_id", client, "tab_id", "none", "client_data", base64(login))));
    }

    /** The value may bring further parameters along. */
    private static String query(String parameter, String value) {
        return parameter + "=" + value.replace(" ", "%20").replace("{", "%7B");
    }

    private static Map<String, String> parameters(Authorization authorization) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : authorization.uri().getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String unsigned(Map<String, String> claims) {
        return base64("{\"alg\":\"none\"}") + "." + base64(Json.object(claims).toString()) + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void decide(String name, String decision) {
        for (JsonNode software : realm.get("/mcp/software?max=100")) {
            if (software.path("name").asText().equals(name)) {
                realm.send(
                                "POST",
                                "/mcp/software/" + software.path("id").asText() + "/" + decision,
                                Json.object(Map.of("reason", "")).toString())
                        .expect(200);
            }
        }
    }
}
