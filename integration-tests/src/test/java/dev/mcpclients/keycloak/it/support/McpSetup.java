package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.example.ExampleMcpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** What the demo shows, for one test class: a realm and the example MCP server, which takes that realm's tokens. */
public final class McpSetup implements CloseableResource, AutoCloseable {

    private final ExampleMcpServer mcpServer;
    private final TestRealm realm;

    private McpSetup(ExampleMcpServer mcpServer, TestRealm realm) {
        this.mcpServer = mcpServer;
        this.realm = realm;
    }

    /** Starts the MCP server and imports the realm; whoever calls this closes it. */
    public static McpSetup create(KeycloakServer server) {
        return create(server, Map.of());
    }

    /** The same with placeholders of the realm file filled, such as {@code MCP_ADMISSION}. */
    public static McpSetup create(KeycloakServer server, Map<String, String> placeholders) {
        String name = TestRealm.freshName();
        ExampleMcpServer mcpServer = start(server, name);
        try {
            RealmTemplate template =
                    RealmTemplate.mcp().with("MCP_RESOURCE_URL", mcpServer.url().toString());
            placeholders.forEach(template::with);
            return new McpSetup(mcpServer, TestRealm.create(server, template.named(name)));
        } catch (RuntimeException | Error e) {
            mcpServer.close();
            throw e;
        }
    }

    /** The same with any realm; the MCP server is not registered in it. */
    public static McpSetup with(KeycloakServer server, ObjectNode realm) {
        ExampleMcpServer mcpServer = start(server, realm.path("realm").asText());
        try {
            return new McpSetup(mcpServer, TestRealm.create(server, realm));
        } catch (RuntimeException | Error e) {
            mcpServer.close();
            throw e;
        }
    }

    public TestRealm realm() {
        return realm;
    }

    /** The URL of the MCP server: what a client is given, its {@code resource} and the {@code aud} of its tokens. */
    public URI resource() {
        return mcpServer.url();
    }

    /** Calls a tool of the MCP server, as an MCP client of the newest protocol version does. */
    public HttpAnswer callTool(String accessToken, String tool, Map<String, ?> arguments) {
        return Http.postJson(
                resource(),
                Json.object(Map.of(
                        "jsonrpc",
                        "2.0",
                        "id",
                        1,
                        "method",
                        "tools/call",
                        "params",
                        Map.of("name", tool, "arguments", arguments))),
                "Accept",
                "application/json, text/event-stream",
                "Authorization",
                "Bearer " + accessToken);
    }

    @Override
    public void close() {
        mcpServer.close();
        realm.close();
    }

    private static ExampleMcpServer start(KeycloakServer server, String realm) {
        URI keys = server.inside().resolve("/realms/" + realm + "/protocol/openid-connect/certs");
        try {
            return ExampleMcpServer.start(new dev.mcpclients.keycloak.example.Settings(
                    "localhost", 0, Optional.empty(), server.url("/realms/" + realm), Optional.of(keys), Set.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
