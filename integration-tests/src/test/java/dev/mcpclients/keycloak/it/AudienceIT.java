package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Jwt;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The MCP server that was asked for is the audience of every token, and nothing else is. */
@KeycloakTest
final class AudienceIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final String FILES = "https://files.example.com/";

    private final McpSetup setup;
    private final TestRealm realm;
    private final OAuthClient oauth;
    private final String resource;
    private final Visitor visitor;

    AudienceIT(McpSetup setup) {
        this.setup = setup;
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

    /** A16 as well: with {@code offline_access} nothing is widened. */
    @ParameterizedTest
    @ValueSource(strings = {"openid mcp:tools", "mcp:tools offline_access"})
    void staysTheSameThroughEveryRefresh(String scope) {
        Authorization authorization = request().resource(resource).scope(scope);
        JsonNode tokens = visitor.tokens(authorization);
        for (int i = 0; i < 3; i++) {
            assertThat(Jwt.audience(tokens.path("access_token").asText())).containsExactly(resource);
            tokens = oauth.refresh(
                            authorization.clientId(),
                            tokens.path("refresh_token").asText())
                    .expect(200)
                    .json();
        }
        assertThat(setup.callTool(tokens.path("access_token").asText(), "whoami", Map.of())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void addsTheClientIdOfAResourceThatHasAnother() {
        filesServer("files", "true");
        JsonNode tokens = visitor.tokens(request().resource(FILES));

        String token = tokens.path("access_token").asText();

        assertThat(Jwt.audience(token)).containsExactlyInAnyOrder(FILES, "files");
        assertThat(oauth.introspect(token, "files", "files-secret")
                        .path("active")
                        .asBoolean())
                .isTrue();
        assertThat(oauth.introspect(token, resource, realm.secret(resource))
                        .path("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void isIntrospectedByItsMcpServerAndGoodForUserInfo() {
        String token = visitor.tokens(request().resource(resource).scope("openid mcp:tools"))
                .path("access_token")
                .asText();

        JsonNode introspection = oauth.introspect(token, resource, realm.secret(resource));

        assertThat(introspection.path("active").asBoolean()).isTrue();
        assertThat(introspection.path("username").asText()).isEqualTo("alice");
        oauth.userInfo(token).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://FILES.example.com", "https://files.example.com:443/", "HTTPS://files.example.com/"})
    void takesAnotherSpellingOfTheSameUrl(String spelling) {
        filesServer("files", "true");

        JsonNode tokens = visitor.tokens(request().resource(spelling));

        assertThat(Jwt.audience(tokens.path("access_token").asText()))
                .contains(FILES)
                .doesNotContain(spelling);
    }

    /** A15: before a code is given. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://unknown.example.com/mcp",
                "http://localhost:9090/mcp#part",
                "/mcp",
                "mcp",
                "https://files.example.com/more",
                "urn:client:files",
                "javascript:alert(1)"
            })
    void givesNoCodeForAResourceThatIsNoneOfOurs(String other) {
        filesServer("files", "true");

        visitor.goes(request().resource(other));

        assertThat(visitor.browser().awaitCallback().error()).contains("invalid_target");
    }

    @Test
    void givesNoCodeForSeveralResources() {
        Authorization authorization = request().resource(resource);

        visitor.browser()
                .open(java.net.URI.create(authorization.uri() + "&resource=https%3A%2F%2Ffiles.example.com%2F"));

        assertThat(visitor.browser().awaitCallback().error()).isPresent();
        assertThat(visitor.browser().awaitCallback().parameter("code")).isEmpty();
    }

    @Test
    void givesNoCodeForAResourceThatIsClosedToDynamicClients() {
        filesServer("files", "false");

        visitor.goes(request().resource(FILES));

        assertThat(visitor.browser().awaitCallback().error()).contains("invalid_target");
    }

    @Test
    void givesNoTokenAfterTheResourceWasClosed() {
        filesServer("files", "true");
        Authorization authorization = request().resource(FILES);
        JsonNode tokens = visitor.tokens(authorization);
        Authorization late = request().resource(FILES);
        String code = visitor.goes(late).allows().code();
        filesServer("files", "false");

        assertError(
                oauth.refresh(
                        authorization.clientId(), tokens.path("refresh_token").asText()),
                "invalid_target");
        assertError(oauth.exchange(late, code), "invalid_target");

        filesServer("files", "true");
        oauth.refresh(authorization.clientId(), tokens.path("refresh_token").asText())
                .expect(200);
    }

    /** RFC 8707 section 2.2: a token request may name what was authorized, and nothing else. */
    @Test
    void takesTheSameResourceAtTheTokenEndpointOnly() {
        filesServer("files", "true");
        Authorization authorization = request().resource(resource);
        String code = visitor.goes(authorization).allows().code();
        assertError(oauth.exchange(authorization, code, FILES), "invalid_target");

        Authorization second = request().resource(resource);
        String secondCode = visitor.goes(second).allows().code();
        JsonNode tokens =
                oauth.exchange(second, secondCode, resource).expect(200).json();
        assertThat(Jwt.audience(tokens.path("access_token").asText())).containsExactly(resource);
        assertError(refresh(second, tokens, FILES), "invalid_target");
    }

    /** With rotation, which this realm has, a refresh token is used up by its first use; a refusal is none. */
    @ParameterizedTest
    @ValueSource(strings = {"openid mcp:tools", "mcp:tools offline_access"})
    void losesNoRefreshTokenByAskingForAnotherResource(String scope) {
        filesServer("files", "true");
        Authorization authorization = request().resource(resource).scope(scope);
        JsonNode tokens = visitor.tokens(authorization);

        assertError(refresh(authorization, tokens, FILES), "invalid_target");
        assertError(refresh(authorization, tokens, "mcp"), "invalid_target");

        JsonNode refreshed =
                refresh(authorization, tokens, resource).expect(200).json();
        assertThat(Jwt.audience(refreshed.path("access_token").asText())).containsExactly(resource);
        assertError(refresh(authorization, tokens, resource), "invalid_grant");
    }

    @Test
    void isTheRealmsOwnServerWhereTheClientNamesNone() {
        JsonNode tokens = visitor.tokens(request());

        assertThat(Jwt.audience(tokens.path("access_token").asText())).containsExactly(resource);
    }

    @Test
    void isNobodyWhereNeitherNamesOne() {
        realm.setting("anonymous", "default-resource", "");
        Authorization authorization = request();
        JsonNode tokens = visitor.tokens(authorization);

        assertThat(Jwt.claims(tokens.path("access_token").asText()).has("aud")).isFalse();
        JsonNode refreshed = oauth.refresh(
                        authorization.clientId(), tokens.path("refresh_token").asText())
                .expect(200)
                .json();
        assertThat(Jwt.claims(refreshed.path("access_token").asText()).has("aud"))
                .isFalse();
    }

    /** Clients that are not ours get an MCP server's audience too, and keep their own for everything else. */
    @Test
    void isSetForOtherClientsOnlyWhereTheyAskForAnMcpServer() {
        realm.create(
                "/clients",
                Json.object(Map.of("clientId", "foreign", "publicClient", true, "redirectUris", List.of(LOOPBACK))));
        Authorization asking = oauth.authorization("foreign", LOOPBACK).resource(resource);
        JsonNode tokens = oauth.exchange(
                        asking, visitor.goes(asking).browser().awaitCallback().code())
                .expect(200)
                .json();
        assertThat(Jwt.audience(tokens.path("access_token").asText())).containsExactly(resource);
        assertError(refresh(asking, tokens, "https://unknown.example.com/"), "invalid_target");
        JsonNode refreshed = oauth.refresh(
                        "foreign", tokens.path("refresh_token").asText())
                .expect(200)
                .json();
        assertThat(Jwt.audience(refreshed.path("access_token").asText())).containsExactly(resource);

        Authorization other = oauth.authorization("foreign", LOOPBACK).resource("https://unknown.example.com/");
        JsonNode untouched = oauth.exchange(
                        other, visitor.goes(other).browser().awaitCallback().code())
                .expect(200)
                .json();
        assertThat(Jwt.audience(untouched.path("access_token").asText()))
                .doesNotContain(resource, "https://unknown.example.com/");
        realm.delete("/clients/" + realm.client("foreign").path("id").asText());
    }

    private Authorization request() {
        return oauth.authorization(
                        oauth.registered("App " + UUID.randomUUID(), LOOPBACK), "http://localhost:4711/callback")
                .scope("openid");
    }

    private HttpAnswer refresh(Authorization authorization, JsonNode tokens, String resource) {
        return oauth.refresh(
                authorization.clientId(), tokens.path("refresh_token").asText(), resource);
    }

    private void filesServer(String clientId, String open) {
        if (realm.get("/clients?clientId=" + clientId).isEmpty()) {
            realm.create(
                    "/clients",
                    Json.object(Map.of("clientId", clientId, "publicClient", false, "secret", clientId + "-secret")));
        }
        ObjectNode client = realm.client(clientId).deepCopy();
        client.withObject("/attributes").put("resource_url", FILES).put("mcp.resource.open", open);
        realm.put("/clients/" + client.path("id").asText(), client);
    }

    private static void assertError(HttpAnswer answer, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
    }
}
