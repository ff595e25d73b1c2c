/** The well-known documents of realms that register MCP clients, and what browsers may send when they read them. */
@NullMarked
package dev.mcpclients.keycloak.discovery;

import org.jspecify.annotations.NullMarked;
