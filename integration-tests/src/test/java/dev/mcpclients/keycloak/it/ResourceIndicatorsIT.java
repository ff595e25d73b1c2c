package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Jwt;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.On;
import dev.mcpclients.keycloak.it.support.ServerKind;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keycloak's experimental feature {@code resource-indicators}, which binds tokens in another way, changes nothing for clients of ours. */
@KeycloakTest
@On(ServerKind.H2)
final class ResourceIndicatorsIT {

    private static final String LOOPBACK = "http://localhost/callback";

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final String resource;
    private final Visitor visitor;

    ResourceIndicatorsIT(McpSetup setup) {
        realm = setup.realm();
        oauth = realm.oauth();
        resource = setup.resource().toString();
        visitor = new Visitor(realm);
    }

    @AfterEach
    void leave() {
        visitor.close();
        realm.setting("anonymous", "default-resource", resource);
    }

    /** A16: the feature alone widens the audience here. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void bindsEveryTokenToTheMcpServer(boolean offline, boolean named) {
        Authorization authorization = request().scope(offline ? "mcp:tools offline_access" : "openid mcp:tools");
        if (named) {
            authorization = authorization.resource(resource);
        }
        String code = visitor.goes(authorization).allows().code();
        JsonNode tokens =
                oauth.exchange(authorization, code, resource).expect(200).json();
        for (int i = 0; i < 3; i++) {
            assertThat(audience(tokens)).containsExactly(resource);
            HttpAnswer answer = i == 0 ? refresh(authorization, tokens) : refresh(authorization, tokens, resource);
            tokens = answer.expect(200).json();
        }
        assertError(refresh(authorization, tokens, "https://unknown.example.com/"), "invalid_target");
        refresh(authorization, tokens, resource).expect(200);
    }

    @Test
    void takesAnotherSpellingOfTheSameUrl() {
        Authorization authorization = request().resource(resource.replaceFirst("http://localhost", "HTTP://LOCALHOST"));

        JsonNode tokens = visitor.tokens(authorization);

        assertThat(audience(tokens)).containsExactly(resource);
        assertThat(audience(refresh(authorization, tokens, resource).expect(200).json()))
                .containsExactly(resource);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void letsSoftwareInOnce(boolean named) {
        Authorization authorization = named ? request().resource(resource) : request();

        JsonNode tokens = oauth.exchange(
                        authorization, visitor.goes(authorization).allowsOnce().code())
                .expect(200)
                .json();

        assertThat(audience(tokens)).containsExactly(resource);
        assertThat(tokens.has("refresh_token")).isFalse();
    }

    @Test
    void givesATokenForNobodyWhereNoResourceIsNamed() {
        realm.setting("anonymous", "default-resource", "");
        Authorization authorization = request();
        JsonNode tokens = visitor.tokens(authorization);

        assertThat(audience(tokens)).isEmpty();
        assertThat(audience(refresh(authorization, tokens).expect(200).json())).isEmpty();
    }

    @Test
    void takesTheAudienceAwayWhereLimitsDo() {
        realm.create(
                "/clients",
                Json.object(Map.of(
                        "clientId", "files", "attributes", Map.of("resource_url", "https://files.example.com/"))));
        Authorization authorization = request().resource(resource);
        JsonNode tokens = visitor.tokens(authorization);
        String software = realm.client(authorization.clientId())
                .at("/attributes/mcp.software")
                .asText();
        realm.send(
                        "POST",
                        "/mcp/software/" + software + "/approve",
                        "{\"limits\": {\"resources\": [\"https://files.example.com/\"]}}")
                .expect(200);

        assertThat(audience(refresh(authorization, tokens).expect(200).json())).isEmpty();
    }

    @Test
    void givesNoCodeForAResourceThatIsNoneOfOurs() {
        visitor.goes(request().resource("https://unknown.example.com/"));

        assertThat(visitor.browser().awaitCallback().error()).contains("invalid_target");
    }

    /** What the feature does for clients that are not ours, it does. */
    @Test
    void leavesOtherClientsToTheFeature() {
        realm.create(
                "/clients",
                Json.object(Map.of("clientId", "foreign", "publicClient", true, "redirectUris", List.of(LOOPBACK))));
        Authorization ofNobody = oauth.authorization("foreign", LOOPBACK).scope("openid");
        visitor.goes(ofNobody);
        oauth.exchange(ofNobody, visitor.browser().awaitCallback().code()).expect(200);
        Authorization unknown = oauth.authorization("foreign", LOOPBACK).resource("https://unknown.example.com/");
        visitor.goes(unknown);
        assertError(oauth.exchange(unknown, visitor.browser().awaitCallback().code()), "invalid_target");
        Authorization ofOurs = oauth.authorization("foreign", LOOPBACK).resource(resource);
        visitor.goes(ofOurs);
        JsonNode tokens = oauth.exchange(
                        ofOurs, visitor.browser().awaitCallback().code())
                .expect(200)
                .json();
        assertThat(audience(tokens)).containsExactly(resource);
        assertThat(audience(refresh(ofOurs, tokens, resource).expect(200).json()))
                .containsExactly(resource);
        realm.delete("/clients/" + realm.client("foreign").path("id").asText());
    }

    private Authorization request() {
        return oauth.authorization(
                        oauth.registered("App " + UUID.randomUUID(), LOOPBACK), "http://localhost:4711/callback")
                .scope("openid mcp:tools");
    }

    private HttpAnswer refresh(Authorization authorization, JsonNode tokens) {
        return oauth.refresh(
                authorization.clientId(), tokens.path("refresh_token").asText());
    }

    private HttpAnswer refresh(Authorization authorization, JsonNode tokens, String resource) {
        return oauth.refresh(
                authorization.clientId(), tokens.path("refresh_token").asText(), resource);
    }

    private static List<String> audience(JsonNode tokens) {
        return Jwt.audience(tokens.path("access_token").asText());
    }

    private static void assertError(HttpAnswer answer, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
    }
}
