package dev.mcpclients.keycloak.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class ExampleMcpServerTest {

    private static final String PING = """
            {"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Issuer issuer;
    private final ExampleMcpServer server;

    ExampleMcpServerTest() throws IOException {
        issuer = new Issuer();
        server = ExampleMcpServer.start(Settings.local(0, issuer.url()));
    }

    @BeforeAll
    void startIssuer() {
        issuer.start();
    }

    @AfterAll
    void close() {
        server.close();
        issuer.close();
    }

    @Test
    void saysWhereTokensComeFrom() throws Exception {
        URI metadata = server.url().resolve("/.well-known/oauth-protected-resource/mcp");

        HttpResponse<String> response = get(metadata);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(JSONObjectUtils.parse(response.body()))
                .containsEntry("resource", server.url().toString())
                .containsEntry("authorization_servers", List.of(issuer.url().toString()))
                .containsEntry("scopes_supported", List.of("mcp:tools"))
                .containsEntry("bearer_methods_supported", List.of("header"));
        assertThat(get(server.url().resolve("/.well-known/oauth-protected-resource"))
                        .body())
                .isEqualTo(response.body());
    }

    @Test
    void sendsRequestWithoutTokenToTheMetadata() throws Exception {
        HttpResponse<String> response = send(post().build());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(challenge(response))
                .isEqualTo("Bearer resource_metadata=\"%s\", scope=\"mcp:tools\""
                        .formatted(server.url().resolve("/.well-known/oauth-protected-resource/mcp")));
    }

    @Test
    void ignoresTokenInTheQuery() throws Exception {
        URI url = URI.create(server.url() + "?access_token=" + issuer.sign(good().build()));

        assertThat(get(url).statusCode()).isEqualTo(401);
    }

    @Test
    void acceptsGoodToken() throws Exception {
        assertThat(call(issuer.sign(good().build())).statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsTokenMeantForOtherServersToo() throws Exception {
        JWTClaimsSet claims = good().audience(
                        List.of("https://other.example/mcp", server.url().toString()))
                .build();

        assertThat(call(issuer.sign(claims)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesOtherIssuer() throws Exception {
        assertInvalid(issuer.sign(good().issuer(issuer.url() + "2").build()), "iss claim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "http://localhost/mcp", "https://other.example/mcp"})
    void refusesTokenForAnotherServer(String audience) throws Exception {
        assertInvalid(issuer.sign(good().audience(audience).build()), "aud claim rejected");
    }

    @Test
    void refusesTokenForNobody() throws Exception {
        assertInvalid(issuer.sign(good().audience((String) null).build()), "aud");
    }

    @Test
    void refusesExpiredToken() throws Exception {
        Date past = Date.from(Instant.now().minus(Duration.ofMinutes(2)));

        assertInvalid(issuer.sign(good().expirationTime(past).build()), "Expired");
    }

    @Test
    void refusesTokenThatNeverExpires() throws Exception {
        assertInvalid(issuer.sign(good().expirationTime(null).build()), "exp");
    }

    @Test
    void refusesForeignSignature() throws Exception {
        assertInvalid(Issuer.sign(good().build(), Issuer.newKey("published")), "Invalid signature");
    }

    @Test
    void refusesUnknownKey() throws Exception {
        assertInvalid(Issuer.sign(good().build(), Issuer.newKey("unpublished")), "no matching key");
    }

    @Test
    void refusesUnsignedToken() throws Exception {
        assertInvalid(
                new PlainJWT(new PlainHeader.Builder().type(JOSEObjectType.JWT).build(), good().build()).serialize(),
                "Unsecured");
    }

    @Test
    void refusesPublicKeyUsedAsSecret() throws Exception {
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .keyID("published")
                        .build(),
                good().build());
        forged.sign(new MACSigner(publicKeyBytes()));

        assertInvalid(forged.serialize(), "Another algorithm expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "\"quoted\\"})
    void refusesWhatIsNoToken(String token) throws Exception {
        assertInvalid(token, "Not a JWT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "openid", "mcp:tools:read", "MCP:TOOLS"})
    void asksForTheScope(String scope) throws Exception {
        HttpResponse<String> response =
                call(issuer.sign(good().claim("scope", scope).build()));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(challenge(response))
                .startsWith("Bearer error=\"insufficient_scope\", ")
                .contains("scope=\"mcp:tools\"")
                .contains("/.well-known/oauth-protected-resource/mcp\"");
    }

    @Test
    void answersTheSdkClient() {
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(
                        server.url().resolve("/").toString())
                .endpoint("/mcp")
                .addHttpRequestCustomizer((request, method, uri, body, context) ->
                        request.header("Authorization", "Bearer " + issuer.sign(good().build())))
                .build();
        try (McpSyncClient client = McpClient.sync(transport).build()) {
            client.initialize();

            assertThat(client.listTools().tools()).extracting(Tool::name).containsExactlyInAnyOrder("whoami", "add");
            assertThat(textOf(client, "whoami", Map.of())).isEqualTo("You are Alice Adams, calling through a-client.");
            assertThat(textOf(client, "add", Map.of("a", 2, "b", 40.5))).isEqualTo("42.5");
            assertThat(textOf(client, "add", Map.of("a", 2))).contains("required property 'b' not found");
        }
    }

    @Test
    void readsTheKeysOnce() throws Exception {
        call(issuer.sign(good().build()));
        int before = issuer.keyRequests();

        call(issuer.sign(good().build()));

        assertThat(before).isPositive();
        assertThat(issuer.keyRequests()).isEqualTo(before);
    }

    @Test
    void startsBeforeItsIssuer() throws Exception {
        try (Issuer late = new Issuer()) {
            try (ExampleMcpServer early = ExampleMcpServer.start(Settings.local(0, late.url()))) {
                assertThat(get(early.url()).statusCode()).isEqualTo(401);
                late.start();

                HttpRequest request = post(early.url())
                        .header(
                                "Authorization",
                                "Bearer " + late.sign(late.claims(early.url()).build()))
                        .build();
                assertThat(send(request).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void sendsNobodyToSignInAgainWhileTheIssuerIsAway() throws Exception {
        try (Issuer away = new Issuer().start()) {
            try (ExampleMcpServer lonely = ExampleMcpServer.start(Settings.local(0, away.url()))) {
                String token = away.sign(away.claims(lonely.url()).build());
                away.stop();

                HttpResponse<String> response = send(post(lonely.url())
                        .header("Authorization", "Bearer " + token)
                        .build());

                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
            }
        }
    }

    @Test
    void saysWhenThePortIsTaken() {
        assertThatThrownBy(
                        () -> ExampleMcpServer.start(Settings.local(server.url().getPort(), issuer.url()))
                                .close())
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/mcp, http://localhost:6274",
        "/mcp, http://127.0.0.1:6274",
        "/.well-known/oauth-protected-resource/mcp, http://localhost:6274",
        "/.well-known/oauth-protected-resource, http://[::1]:1"
    })
    void answersPreflightOfBrowserClients(String path, String origin) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(server.url().resolve(path))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type,mcp-protocol-version")
                .build());

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(origin);
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(headers ->
                        assertThat(headers).contains("Authorization", "Content-Type", "MCP-Protocol-Version"));
    }

    @Test
    void letsBrowserClientsReadTheChallenge() throws Exception {
        HttpResponse<String> response =
                send(post().header("Origin", "http://localhost:6274").build());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("http://localhost:6274");
        assertThat(response.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers).contains("WWW-Authenticate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://localhost.evil.example", "null", "%"})
    void refusesForeignWebPages(String origin) throws Exception {
        HttpResponse<String> response = send(post().header("Origin", origin).build());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void letsInWebPagesByName() throws Exception {
        Settings settings = new Settings(
                "localhost", 0, Optional.empty(), issuer.url(), Optional.empty(), Set.of("https://tools.example"));
        try (ExampleMcpServer named = ExampleMcpServer.start(settings)) {
            HttpResponse<String> response = send(
                    post(named.url()).header("Origin", "https://tools.example").build());

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("https://tools.example");
        }
    }

    private JWTClaimsSet.Builder good() {
        return issuer.claims(server.url());
    }

    private byte[] publicKeyBytes() throws JOSEException {
        return issuer.publicKey().toPublicKey().getEncoded();
    }

    private void assertInvalid(String token, String reason) throws Exception {
        HttpResponse<String> response = call(token);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(challenge(response))
                .startsWith("Bearer error=\"invalid_token\", error_description=\"")
                .contains(reason)
                .endsWith("scope=\"mcp:tools\"");
    }

    private static String textOf(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return ((TextContent) client.callTool(CallToolRequest.builder(tool)
                                .arguments(arguments)
                                .build())
                        .content()
                        .get(0))
                .text();
    }

    private static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    private HttpResponse<String> call(String token) throws Exception {
        return send(post().header("Authorization", "Bearer " + token).build());
    }

    private HttpResponse<String> get(URI url) throws Exception {
        return send(HttpRequest.newBuilder(url).build());
    }

    private HttpRequest.Builder post() {
        return post(server.url());
    }

    private static HttpRequest.Builder post(URI url) {
        return HttpRequest.newBuilder(url)
                .POST(HttpRequest.BodyPublishers.ofString(PING))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString());
    }
}
