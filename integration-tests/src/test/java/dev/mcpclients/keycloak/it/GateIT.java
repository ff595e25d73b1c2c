package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Callback;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets a code for software of ours before a person has decided about exactly that authorization. */
@KeycloakTest
final class GateIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String LOOPBACK_WITH_PORT = "http://localhost:4711/callback";
    private static final String CLAUDE = "https://claude.ai/api/mcp/auth_callback";
    private static final String EVIL = "https://evil.example.com/cb";

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final String resource;

    private Visitor visitor;

    GateIT(McpSetup setup) {
        realm = setup.realm();
        oauth = realm.oauth();
        resource = setup.resource().toString();
        visitor = new Visitor(realm);
    }

    @BeforeEach
    void startAsNewSoftwareThatUsersDecideAbout() {
        realm.admission("user-approval");
        visitor = new Visitor(realm);
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void namesAllPartiesBeforeItGivesACode() {
        Authorization authorization =
                request("Claude Code", LOOPBACK, LOOPBACK_WITH_PORT).scope("openid mcp:tools offline_access");

        visitor.goes(authorization);

        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text())
                .contains("Claude Code", "Not verified")
                .contains("A program on this computer")
                .contains("Example MCP server", URI.create(resource).getAuthority())
                .contains("alice")
                .contains("when you are not there");
        Callback callback = visitor.allows();
        assertThat(callback.uri().toString()).startsWith(LOOPBACK_WITH_PORT);
        assertThat(callback.parameter("state")).contains(authorization.state());
        oauth.exchange(authorization, callback.code()).expect(200);
    }

    /** A5: whoever listens on the port receives the code, also under a known name, also when an administrator approved it. */
    @ParameterizedTest
    @CsvSource({"Some App, false", "Some approved App, true", "Codex, true"})
    void asksLoopbackSoftwareEveryTime(String name, boolean approved) {
        Authorization first = request(name, LOOPBACK, LOOPBACK_WITH_PORT);
        if (approved) {
            decide(software(name), "approve");
        }
        visitor.tokens(first);

        Authorization byAnotherProgram = oauth.authorization(first.clientId(), "http://localhost:4712/callback")
                .resource(resource)
                .scope("openid mcp:tools");
        List.of(again(first), byAnotherProgram).forEach(authorization -> {
            visitor.goes(authorization);
            assertThat(visitor.browser().callback()).isEmpty();
            assertThat(visitor.isAsked()).isTrue();
        });
    }

    @Test
    void asksAgainAboutPrivateUseSchemes() {
        Authorization first = request("Some App", "com.example.app:/cb", "com.example.app:/cb");
        visitor.tokens(first);

        assertThat(visitor.goes(again(first)).isAsked()).isTrue();
    }

    @Test
    void remembersADecisionForARecipientThatCannotBeImitated() {
        Authorization first = request("Claude", CLAUDE, CLAUDE);
        visitor.goes(first);
        assertThat(visitor.browser().text()).contains("Verified", "Anthropic", "claude.ai");
        oauth.exchange(first, visitor.allows().code()).expect(200);

        Authorization again = again(first);
        Callback callback = visitor.goes(again).browser().awaitCallback();
        oauth.exchange(again, callback.code()).expect(200);

        Authorization silent = again(first).prompt("none");
        oauth.exchange(silent, visitor.goes(silent).browser().awaitCallback().code())
                .expect(200);
    }

    /** A31: an allowance is for one redirect URI, one resource and the scopes that were shown. */
    @Test
    void asksAgainWhereAnythingOfTheAuthorizationDiffers() {
        String other = "https://claude.com/api/mcp/auth_callback";
        String client = oauth.registered("Claude", CLAUDE, other);
        Authorization allowed =
                oauth.authorization(client, CLAUDE).resource(resource).scope("openid mcp:tools");
        visitor.tokens(allowed);

        List<Authorization> others = List.of(
                oauth.authorization(client, other).resource(resource).scope("openid mcp:tools"),
                oauth.authorization(client, CLAUDE).resource(resource).scope("openid mcp:tools offline_access"),
                oauth.authorization(client, CLAUDE).resource(otherResource()).scope("openid mcp:tools"));
        assertThat(others).allSatisfy(authorization -> {
            visitor.goes(authorization);
            assertThat(visitor.browser().callback()).isEmpty();
            assertThat(visitor.isAsked()).isTrue();
        });
        Authorization less =
                oauth.authorization(client, CLAUDE).resource(resource).scope("openid");
        assertThat(visitor.goes(less).browser().callback()).isPresent();
    }

    @Test
    void asksAgainAfterTheUserTookTheConsentBack() {
        Authorization first = request("Claude of a careful user", CLAUDE, CLAUDE);
        visitor.tokens(first);
        String alice = realm.get("/users?username=alice&exact=true").at("/0/id").asText();
        realm.delete("/users/" + alice + "/consents/"
                + Http.encode(Map.of("c", first.clientId())).substring(2));

        assertThat(visitor.goes(again(first)).isAsked()).isTrue();
    }

    /** A2, A3: stock Keycloak shows no page for a client that registered without scopes. */
    @ParameterizedTest
    @ValueSource(strings = {"", "basic", "openid", "profile email"})
    void asksWhateverScopesAClientRegistered(String scope) {
        String registration = Json.object(
                        Map.of("client_name", "Some App", "redirect_uris", List.of(EVIL), "scope", scope))
                .toString();
        String client = oauth.register(registration)
                .expect(201)
                .json()
                .path("client_id")
                .asText();

        visitor.goes(oauth.authorization(client, EVIL));

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text()).contains("evil.example.com");
    }

    /** A4: stock Keycloak asks to grant access to "Claude Code" and does not say where the code goes. */
    @ParameterizedTest
    @ValueSource(strings = {"Claude Code", "Claude Code (verified by Anthropic)", "CIaude Code"})
    void callsOutANameThatBelongsElsewhere(String name) {
        visitor.goes(request(name, EVIL, EVIL));

        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text()).contains("evil.example.com", "Not verified", "looks like Claude");
    }

    /** A7: a reader sees the host that a browser will go to, not the letters it stands for. */
    @Test
    void showsAnInternationalisedHostAsItIsSentTo() {
        visitor.goes(request("Some App", "https://xn--80ak6aa92e.com/cb", "https://xn--80ak6aa92e.com/cb"));

        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text()).contains("xn--80ak6aa92e.com", "Not verified");
    }

    /** A27: proved by one redirect URI, used with another. */
    @Test
    void judgesTheRedirectUriThatIsUsed() {
        String client = oauth.registered("Claude", CLAUDE, EVIL);

        visitor.goes(oauth.authorization(client, EVIL));

        assertThat(visitor.browser().text())
                .contains("evil.example.com", "Not verified", "looks like Claude")
                .doesNotContain("can only reach");
    }

    @Test
    void sortsWhatItAsksForByWhatAPersonWeighs() {
        String client = oauth.registered("Some App", LOOPBACK);
        Authorization everything = oauth.authorization(client, LOOPBACK_WITH_PORT)
                .resource(resource)
                .scope("openid profile email mcp:tools offline_access");

        visitor.goes(everything);

        assertThat(visitor.browser().text())
                .containsSubsequence(
                        "It asks for",
                        "At Example MCP server",
                        "Use the tools of the MCP server",
                        "About you",
                        "An ID by which it recognises you",
                        "Your name, user name",
                        "Your email address",
                        "Lasting access",
                        "when you are not there")
                .doesNotContain("User profile", "Offline Access");

        JsonNode email = scope("email");
        ObjectNode changed = email.deepCopy();
        changed.withObject("/attributes").put("consent.screen.text", "The address our newsletter goes to");
        realm.put("/client-scopes/" + email.path("id").asText(), changed);
        visitor.goes(everything);
        realm.put("/client-scopes/" + email.path("id").asText(), email);

        assertThat(visitor.browser().text())
                .contains("The address our newsletter goes to")
                .doesNotContain("Your email address");
    }

    /** A12, A13 on the pages; what reaches the database is for the registration to clean. */
    @Test
    void takesNothingOfTheNameForMarkupOrMessages() {
        String client = oauth.registered("Plain", EVIL);
        rename(
                client,
                "Claude ${mcpAllow} <b>Co</b>\u202ede\u200b<img src=x onerror=alert(1)>",
                "https://evil.example.com/logo.png");

        visitor.goes(oauth.authorization(client, EVIL));

        assertThat(visitor.browser().text()).contains("Claude {mcpAllow} bCo/bdeimg src=x onerror=alert(1)");
        assertThat(visitor.browser().markup()).doesNotContain("<b>Co", "<img", "logo.png", "\u202e", "\u200b");
    }

    @Test
    void showsOneScreenWherePromptAsksForConsent() {
        Authorization authorization = request("Claude Code", LOOPBACK, LOOPBACK_WITH_PORT)
                .scope("openid mcp:tools offline_access")
                .prompt("consent");

        Callback callback = visitor.goes(authorization).allows();

        oauth.exchange(authorization, callback.code()).expect(200);
        String alice = realm.get("/users?username=alice&exact=true").at("/0/id").asText();
        JsonNode consents = realm.get("/users/" + alice + "/consents");
        assertThat(consents.findValuesAsText("clientId")).contains(authorization.clientId());
    }

    @Test
    void tellsTheClientThatTheUserDenied() {
        Callback callback =
                visitor.goes(request("Some App", LOOPBACK, LOOPBACK_WITH_PORT)).denies();

        assertThat(callback.error()).contains("access_denied");
        assertThat(callback.parameter("code")).isEmpty();
        JsonNode event = realm.events("CUSTOM_REQUIRED_ACTION_ERROR").get(0).path("details");
        assertThat(event.path("mcp_outcome").asText()).isEqualTo("denied_by_user");
        assertThat(event.path("redirect_uri").asText()).isEqualTo(LOOPBACK_WITH_PORT);
    }

    /** A25: with stock required actions some of these lead past the page. */
    @ParameterizedTest
    @CsvSource({
        "kc_action, mcp-decision",
        "kc_action, UPDATE_PASSWORD",
        "kc_action, delete_account",
        "kc_action, mcp-DECISION",
        "prompt, login",
        "prompt, consent",
        "prompt, select_account",
        "prompt, consent login",
        "max_age, 0",
        "max_age, 100000",
        "acr_values, 0",
        "response_mode, fragment",
        "response_mode, form_post",
    })
    void asksWhateverTheRequestAddsForASignedInUser(String parameter, String value) {
        Authorization first = request("Some App", LOOPBACK, LOOPBACK_WITH_PORT);
        visitor.tokens(first);

        visitor.goes(again(first).with(parameter, value));

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.browser().markup())
                .doesNotContain("?code=", "&code=", "&amp;code=", "name=\"code\"", "NAME=\"code\"");
        if (!parameter.equals("kc_action") || value.equalsIgnoreCase("mcp-decision")) {
            assertThat(visitor.isAsked()).isTrue();
        }
    }

    /** A25 through a pushed authorization request (RFC 9126). */
    @ParameterizedTest
    @CsvSource({"kc_action, mcp-decision", "prompt, none", "prompt, consent", "max_age, 0", "state, other"})
    void asksWhereTheRequestWasPushed(String parameter, String value) {
        Authorization first = request("Some App", LOOPBACK, LOOPBACK_WITH_PORT);
        visitor.tokens(first);
        Map<String, String> pushed = new LinkedHashMap<>(parameters(again(first)));
        pushed.put(parameter, value);
        String requestUri = Http.postForm(realm.url("/protocol/openid-connect/ext/par/request"), pushed)
                .expect(201)
                .json()
                .path("request_uri")
                .asText();

        visitor.browser().open(authorize(Map.of("client_id", first.clientId(), "request_uri", requestUri)));

        assertNoCode();
    }

    /** A25 through a request object (OpenID Connect Core section 6.1), signed by nobody. */
    @ParameterizedTest
    @CsvSource({"kc_action, mcp-decision", "prompt, none", "prompt, consent", "max_age, 0", "state, other"})
    void asksWhereTheRequestIsAnObject(String parameter, String value) {
        Authorization first = request("Some App", LOOPBACK, LOOPBACK_WITH_PORT);
        visitor.tokens(first);
        Map<String, String> claims = new LinkedHashMap<>(parameters(again(first)));
        claims.put(parameter, value);
        String object =
                base64("{\"alg\":\"none\"}") + "." + base64(Json.object(claims).toString()) + ".";
        Map<String, String> outside = new LinkedHashMap<>();
        List.of("client_id", "redirect_uri", "response_type", "scope")
                .forEach(name -> outside.put(name, claims.get(name)));
        outside.put("request", object);

        visitor.browser().open(authorize(outside));

        assertNoCode();
    }

    @Test
    void answersPromptNoneWithInteractionRequired() {
        Authorization first = request("Some App", LOOPBACK, LOOPBACK_WITH_PORT);
        visitor.tokens(first);

        Callback callback = visitor.goes(again(first).prompt("none")).browser().awaitCallback();

        assertThat(callback.error()).contains("interaction_required");
    }

    @Test
    void cannotBeCancelledAsAnActionOfTheClient() {
        Authorization first = request("Some App", LOOPBACK, LOOPBACK_WITH_PORT);
        visitor.tokens(first);
        visitor.goes(again(first).with("kc_action", "mcp-decision"));

        Forms.of(visitor).post(Map.of("cancel-aia", "true"));

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.isAsked()).isTrue();
    }

    /** A21: only a POST from the page that is shown now decides. */
    @Test
    void takesNoAnswerFromAnAddress() {
        visitor.goes(request("Some App", LOOPBACK, LOOPBACK_WITH_PORT));

        Forms.of(visitor).get("answer=allow");

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.isAsked()).isTrue();
    }

    @Test
    void takesAnAnswerOnceAndForItsOwnLoginOnly() {
        visitor.goes(request("Some App", LOOPBACK, LOOPBACK_WITH_PORT));
        Forms first = Forms.of(visitor);
        visitor.goes(request("Another App", LOOPBACK, LOOPBACK_WITH_PORT));
        Forms second = Forms.of(visitor);

        first.withQueryOf(second, "client_id", "tab_id").post(Map.of("answer", "allow"));
        assertThat(visitor.browser().callback()).isEmpty();
        second.withQueryOf(first, "client_id").post(Map.of("answer", "allow"));
        assertThat(visitor.browser().callback()).isEmpty();

        visitor.goes(request("A third App", LOOPBACK, LOOPBACK_WITH_PORT));
        Forms third = Forms.of(visitor);
        third.post(Map.of("answer", "allow"));
        Callback callback = visitor.browser().awaitCallback();
        assertThat(callback.code()).isNotEmpty();
        third.post(Map.of("answer", "allow"));
        assertThat(visitor.browser()
                        .callback()
                        .filter(other -> !other.equals(callback))
                        .flatMap(other -> other.parameter("code")))
                .isEmpty();
    }

    /** A20: the login belongs to the browser it was started in. */
    @Test
    void takesNoAnswerFromAnotherBrowser() {
        visitor.goes(request("Some App", LOOPBACK, LOOPBACK_WITH_PORT));
        Forms form = Forms.of(visitor);
        try (Visitor another = new Visitor(realm)) {
            form.in(another).post(Map.of("answer", "allow"));

            assertThat(another.browser().callback().flatMap(callback -> callback.parameter("code")))
                    .isEmpty();
        }
        assertThat(visitor.allows().code()).isNotEmpty();
    }

    @Test
    void asksSomebodyElseAfterNotYou() {
        visitor.goes(request("Some App", LOOPBACK, LOOPBACK_WITH_PORT));

        visitor.browser().click("mcp-not-you");
        visitor.browser().signIn("bob", "bob");

        assertThat(visitor.isAsked()).isTrue();
        assertThat(visitor.browser().text()).contains("bob").doesNotContain("alice");
    }

    @Test
    void waitsForAnApproverAndGoesOnByItself() {
        realm.admission("admin-approval");
        Authorization authorization = request("Waiting App", LOOPBACK, LOOPBACK_WITH_PORT);
        visitor.goes(authorization);
        assertThat(visitor.waits()).isTrue();
        assertThat(visitor.browser().header("Refresh"))
                .hasValueSatisfying(refresh -> assertThat(refresh).contains("execution=mcp-decision"));

        visitor.browser().click("mcp-explain");
        assertThat(visitor.browser().header("Refresh")).isEmpty();
        visitor.browser().type("reason", "For the <b>release</b>");
        visitor.browser().click("mcp-send");
        assertThat(visitor.waits()).isTrue();
        JsonNode software = software("Waiting App");
        assertThat(realm.get("/mcp/software/" + software.path("id").asText()).toString())
                .contains("For the <b>release</b>");

        visitor.browser().click("mcp-check");
        assertThat(visitor.waits()).isTrue();
        decide(software, "approve");
        visitor.browser().click("mcp-check");

        assertThat(visitor.isAsked()).isTrue();
        oauth.exchange(authorization, visitor.allows().code()).expect(200);
    }

    /** The form keeps a reason short; what comes without the form is cut off. */
    @Test
    void takesTheBeginningOfAReasonThatIsTooLong() {
        realm.admission("admin-approval");
        visitor.goes(request("Much wanted App", LOOPBACK, LOOPBACK_WITH_PORT));

        Forms.of(visitor).post(Map.of("answer", "send", "reason", "Why\0\r\n" + "\uD83D\uDE80".repeat(2_000)));

        assertThat(visitor.waits()).isTrue();
        String id = software("Much wanted App").path("id").asText();
        assertThat(realm.get("/mcp/software/" + id).at("/requests/0/reason").asText())
                .startsWith("Why\r\n\uD83D\uDE80")
                .hasSize(999);
    }

    @Test
    void letsAUserStopWaiting() {
        realm.admission("admin-approval");
        visitor.goes(request("Stopped App", LOOPBACK, LOOPBACK_WITH_PORT));

        assertThat(visitor.denies().error()).contains("access_denied");
        assertThat(software("Stopped App").path("state").asText()).isEqualTo("pending");
    }

    @Test
    void cannotBeAllowedWhileItWaits() {
        realm.admission("admin-approval");
        visitor.goes(request("Hasty App", LOOPBACK, LOOPBACK_WITH_PORT));

        Forms.of(visitor).post(Map.of("answer", "allow"));

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.waits()).isTrue();
    }

    @Test
    void tellsWhySoftwareIsDenied() {
        Authorization authorization = request("Denied App", LOOPBACK, LOOPBACK_WITH_PORT);
        visitor.goes(authorization);
        decide(software("Denied App"), "deny", "It sends ${mcpAllow} <b>elsewhere</b>");

        Forms.of(visitor).post(Map.of("answer", "allow"));

        assertThat(visitor.isAsked()).isFalse();
        assertThat(visitor.browser().text()).contains("not allowed", "It sends {mcpAllow} belsewhere/b");
        assertThat(visitor.denies().error()).contains("access_denied");
        assertThat(visitor.goes(again(authorization)).isAsked()).isFalse();
    }

    /** A28: a client that nobody approved sends nobody anywhere by itself. */
    @Test
    void redirectsNoErrorOfUnapprovedSoftwareToItsHost() {
        Authorization authorization = request("Some App", EVIL, EVIL).resource("https://unknown.example.com/mcp");

        visitor.goes(authorization);

        assertThat(visitor.browser().callback()).isEmpty();
        assertThat(visitor.browser().text()).contains("evil.example.com", "https://unknown.example.com/mcp");
        assertThat(visitor.denies().error()).contains("invalid_target");
    }

    @Test
    void redirectsErrorsToThisComputerAndToApprovedSoftware() {
        Authorization loopback =
                request("Some App", LOOPBACK, LOOPBACK_WITH_PORT).resource("https://unknown.example.com/mcp");
        assertThat(visitor.goes(loopback).browser().awaitCallback().error()).contains("invalid_target");

        Authorization web = request("Web App", EVIL, EVIL).resource("https://unknown.example.com/mcp");
        decide(software("Web App"), "approve");
        Callback callback = visitor.goes(web).browser().awaitCallback();
        assertThat(callback.error()).contains("invalid_target");
        assertThat(callback.parameter("state")).contains(web.state());
        assertThat(callback.parameter("iss")).contains(realm.issuer().toString());
    }

    /** Clients that are not ours come and go as ever, also where they name our action. */
    @Test
    void leavesOtherClientsAlone() {
        realm.create(
                "/clients",
                Json.object(Map.of("clientId", "foreign", "publicClient", true, "redirectUris", List.of(EVIL))));
        Authorization foreign = oauth.authorization("foreign", EVIL);

        oauth.exchange(foreign, visitor.goes(foreign).browser().awaitCallback().code())
                .expect(200);

        Authorization withAction = oauth.authorization("foreign", EVIL).with("kc_action", "mcp-decision");
        Callback callback = visitor.goes(withAction).browser().awaitCallback();
        assertThat(callback.code()).isNotEmpty();
        assertThat(callback.parameter("kc_action_status")).contains("error");
        realm.delete("/clients/" + realm.client("foreign").path("id").asText());
    }

    /** A30: an id without a row, after an import for instance, waits like everything unknown. */
    @ParameterizedTest
    @ValueSource(strings = {"", "approved"})
    void waitsWhereTheSoftwareIsUnknown(String carried) {
        String client = oauth.registered("Imported App " + carried, LOOPBACK);
        change(client, "mcp.software", "no-such-row");
        change(client, "mcp.state", carried);

        visitor.goes(oauth.authorization(client, LOOPBACK_WITH_PORT));

        assertThat(visitor.waits()).isTrue();
    }

    private void assertNoCode() {
        assertThat(visitor.browser().callback().flatMap(callback -> callback.parameter("code")))
                .isEmpty();
        boolean answered = visitor.browser().callback().flatMap(Callback::error).isPresent();
        assertThat(answered || visitor.isAsked() || visitor.browser().offers("password"))
                .as(visitor.browser().text())
                .isTrue();
    }

    private URI authorize(Map<String, String> parameters) {
        return URI.create(realm.url("/protocol/openid-connect/auth") + "?" + Http.encode(parameters));
    }

    private static Map<String, String> parameters(Authorization authorization) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : authorization.uri().getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Authorization request(String name, String registered, String used) {
        return oauth.authorization(oauth.registered(name, registered), used)
                .resource(resource)
                .scope("openid mcp:tools");
    }

    /** The same request, as the client would make it the next time. */
    private Authorization again(Authorization authorization) {
        return oauth.authorization(authorization.clientId(), authorization.redirectUri())
                .resource(resource)
                .scope("openid mcp:tools");
    }

    private String otherResource() {
        String url = "https://files.example.com/mcp";
        if (realm.get("/clients?clientId=" + url).isEmpty()) {
            realm.create("/clients", Json.object(Map.of("clientId", url, "attributes", Map.of("resource_url", url))));
        }
        return url;
    }

    private JsonNode software(String name) {
        for (JsonNode software : realm.get("/mcp/software?max=100")) {
            if (software.path("name").asText().equals(name)) {
                return software;
            }
        }
        throw new AssertionError("No software " + name);
    }

    private void decide(JsonNode software, String decision) {
        decide(software, decision, "");
    }

    private void decide(JsonNode software, String decision, String reason) {
        realm.send(
                        "POST",
                        "/mcp/software/" + software.path("id").asText() + "/" + decision,
                        Json.object(Map.of("reason", reason)).toString())
                .expect(200);
    }

    private void rename(String clientId, String name, String logo) {
        ObjectNode client = realm.client(clientId).deepCopy();
        client.put("name", name);
        client.withObject("/attributes").put("logoUri", logo);
        realm.put("/clients/" + client.path("id").asText(), client);
    }

    private void change(String clientId, String attribute, String value) {
        ObjectNode client = realm.client(clientId).deepCopy();
        client.withObject("/attributes").put(attribute, value);
        realm.put("/clients/" + client.path("id").asText(), client);
    }

    private JsonNode scope(String name) {
        for (JsonNode scope : realm.get("/client-scopes")) {
            if (scope.path("name").asText().equals(name)) {
                return scope;
            }
        }
        throw new AssertionError("No client scope " + name);
    }
}
