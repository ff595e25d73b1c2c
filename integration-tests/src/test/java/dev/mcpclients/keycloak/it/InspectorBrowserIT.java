package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.HtmlUnitBrowser;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.Settings;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The MCP Inspector as a web page: what it sends from the browser, recorded in {@code inspector-browser-requests.json},
 * is replayed with its {@code Origin}, and judged as a browser judges (Fetch standard, CORS check and preflight).
 */
@KeycloakTest
final class InspectorBrowserIT {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_-]+)}");
    private static final Set<String> SIMPLE_METHODS = Set.of("GET", "HEAD", "POST");

    private final McpSetup setup;
    private final TestRealm realm;
    private final JsonNode recorded;
    private final String origin;
    private final Map<String, String> values = new HashMap<>();

    InspectorBrowserIT(McpSetup setup) throws IOException {
        this.setup = setup;
        this.realm = setup.realm();
        this.recorded = Json.parse(Files.readString(Settings.clients().resolve("inspector-browser-requests.json")));
        this.origin = recorded.path("origin").asText();
        values.put("mcp", setup.resource().toString());
        values.put("mcp-origin", setup.resource().resolve("/").toString().replaceAll("/$", ""));
        values.put("issuer-origin", realm.server().url().toString());
        values.put("issuer-path", realm.issuer().getPath());
    }

    @Test
    void reachesEverythingItNeeds() {
        for (JsonNode request : recorded.path("requests")) {
            if ("authorization_code".equals(request.at("/form/grant_type").asText())) {
                allowInBrowser();
            }
            learn(send(request, request.path("headers"), request.path("status").asInt()));
        }
        JsonNode refresh = recorded.path("refresh");
        JsonNode tokens = send(
                        refresh,
                        refresh.path("corrected"),
                        refresh.path("status").asInt())
                .json();
        assertThat(tokens.path("refresh_token").asText()).isNotEmpty().isNotEqualTo(values.get("refresh_token"));
        assertThat(setup.callTool(tokens.path("access_token").asText(), "whoami", Map.of())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void registersFromItsOwnBackendToo() {
        JsonNode request = recorded.path("backendRegistration");

        HttpAnswer answer = realm.oauth().register(request.path("json").toString(), "Accept", "*/*");

        assertThat(answer.expect(201).json().path("client_id").asText()).isNotEmpty();
    }

    private void allowInBrowser() {
        Authorization authorization = realm.oauth()
                .authorization(value("client_id"), recorded.path("redirectUri").asText())
                .scope("mcp:tools")
                .resource(setup.resource().toString());
        try (HtmlUnitBrowser browser = new HtmlUnitBrowser(realm.server())) {
            browser.open(authorization.uri());
            browser.signIn("alice", "alice");
            browser.click("mcp-allow");
            values.put("code", browser.awaitCallback().code());
        }
        values.put("code_verifier", authorization.verifier());
    }

    /** Sends the preflight, where a browser would, and the request; both have to pass the checks of a browser. */
    private HttpAnswer send(JsonNode request, JsonNode headers, int status) {
        String name = request.path("name").asText("refresh");
        URI url = URI.create(filled(request.path("url").asText()));
        if (request.has("preflight")) {
            HttpAnswer preflight = Http.options(url, headers(request.path("preflight"), false));
            assertThat(preflight.status()).as("preflight of %s", name).isBetween(200, 299);
            assertReadable("preflight of " + name, preflight);
            assertAllowed(name, preflight, request.path("preflight"));
        }
        HttpAnswer answer = exchange(request, headers, url);
        assertThat(answer.status()).as("%s: %s", name, answer.body()).isEqualTo(status);
        assertReadable(name, answer);
        request.path("exposed").forEach(header -> assertThat(list(answer, "Access-Control-Expose-Headers"))
                .as("what a page may read of the answer to %s", name)
                .contains(header.asText().toLowerCase(Locale.ROOT)));
        return answer;
    }

    private HttpAnswer exchange(JsonNode request, JsonNode headers, URI url) {
        if (request.has("form")) {
            Map<String, String> form = new HashMap<>();
            request.path("form")
                    .properties()
                    .forEach(field ->
                            form.put(field.getKey(), filled(field.getValue().asText())));
            return Http.postForm(url, form, headers(headers, true));
        }
        if (request.has("json")) {
            return Http.postJson(url, filled(request.path("json").toString()), headers(headers, true));
        }
        return Http.get(url, headers(headers, false));
    }

    /** Name, value, name, value, with the origin; the calls that send a body set its type themselves. */
    private String[] headers(JsonNode headers, boolean typed) {
        List<String> list = new ArrayList<>(List.of("Origin", origin));
        headers.properties().forEach(header -> {
            if (!typed || !header.getKey().equals("Content-Type")) {
                list.add(header.getKey());
                list.add(filled(header.getValue().asText()));
            }
        });
        return list.toArray(String[]::new);
    }

    private void assertReadable(String name, HttpAnswer answer) {
        assertThat(answer.header("Access-Control-Allow-Origin"))
                .as("%s, which a page has to be able to read", name)
                .hasValueSatisfying(allowed -> assertThat(allowed).isIn(origin, "*"));
    }

    private static void assertAllowed(String name, HttpAnswer preflight, JsonNode asked) {
        String method = asked.path("Access-Control-Request-Method").asText();
        if (!SIMPLE_METHODS.contains(method)) {
            assertThat(list(preflight, "Access-Control-Allow-Methods")).as(name).contains(method);
        }
        Set<String> allowed = Set.copyOf(list(preflight, "Access-Control-Allow-Headers"));
        assertThat(asked.path("Access-Control-Request-Headers").asText().split(","))
                .as("headers of %s, of which %s are allowed", name, allowed)
                // The wildcard does not cover Authorization.
                .allMatch(header ->
                        allowed.contains(header) || (allowed.contains("*") && !header.equals("authorization")));
    }

    private static List<String> list(HttpAnswer answer, String header) {
        return answer.headers().allValues(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(value -> value.trim().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Keeps what later requests need from an answer. */
    private void learn(HttpAnswer answer) {
        if (answer.status() >= 300 || !answer.header("Content-Type").orElse("").startsWith("application/json")) {
            return;
        }
        JsonNode json = answer.json();
        for (String name :
                List.of("registration_endpoint", "token_endpoint", "client_id", "access_token", "refresh_token")) {
            Optional.of(json.path(name).asText())
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> values.put(name, value));
        }
    }

    private String filled(String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        return placeholder.replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new AssertionError("Nothing was learnt about " + name + ", but " + values.keySet());
        }
        return value;
    }
}
