package dev.mcpclients.keycloak.example;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;

/** What this server can do: {@code whoami} and {@code add}. */
final class Tools {

    private Tools() {}

    /**
     * The MCP endpoint: Streamable HTTP without sessions, one JSON answer to each POST. Without sessions there is none
     * to hijack, and every single request shows its token ("MCP servers MUST NOT use sessions for authentication").
     */
    static HttpServletStatelessServerTransport endpoint() {
        return HttpServletStatelessServerTransport.builder()
                .messageEndpoint(Settings.MCP_PATH)
                .contextExtractor(Tools::context)
                .build();
    }

    static McpStatelessSyncServer serve(HttpServletStatelessServerTransport endpoint) {
        return McpServer.sync(endpoint)
                .serverInfo("example-mcp-server", "0.1.0")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .toolCall(
                        tool("whoami", "Tells who is signed in", "{\"type\":\"object\"}"),
                        (context, request) -> whoami(context))
                .toolCall(
                        tool(
                                "add",
                                "Adds two numbers",
                                """
                                {"type":"object","required":["a","b"],
                                 "properties":{"a":{"type":"number"},"b":{"type":"number"}}}"""),
                        (context, request) -> add(request))
                .build();
    }

    private static CallToolResult whoami(McpTransportContext context) {
        Caller caller = (Caller) context.get(Caller.ATTRIBUTE);
        return text("You are %s, calling through %s.".formatted(caller.name(), caller.client()));
    }

    private static CallToolResult add(CallToolRequest request) {
        return text(String.valueOf(number(request, "a") + number(request, "b")));
    }

    /** The SDK has checked the arguments against the schema of the tool by now. */
    private static double number(CallToolRequest request, String name) {
        return ((Number) Objects.requireNonNull(request.arguments().get(name))).doubleValue();
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static Tool tool(String name, String description, String schema) {
        return Tool.builder(name, McpJsonDefaults.getMapper(), schema)
                .description(description)
                .build();
    }

    private static McpTransportContext context(HttpServletRequest request) {
        return McpTransportContext.create(
                Map.of(Caller.ATTRIBUTE, Objects.requireNonNull(request.getAttribute(Caller.ATTRIBUTE))));
    }
}
