/** A small protected MCP server: an OAuth 2.0 resource server with two tools. */
@NullMarked
package dev.mcpclients.keycloak.example;

import org.jspecify.annotations.NullMarked;
