package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.resource.McpServer;

/** What the {@code resource} parameter of an authorization request means in this realm. */
sealed interface Target {

    /** The client asked for no MCP server, and the realm names none for that case. */
    record Nothing() implements Target {}

    record Server(McpServer server) implements Target {}

    /** RFC 8707 section 2: invalid, unknown or malformed, or not for this client. */
    record Unacceptable(String requested) implements Target {}
}
