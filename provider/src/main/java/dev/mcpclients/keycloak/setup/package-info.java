/** Makes an existing realm ready for MCP clients, step by step, and takes it back: {@code POST /admin/realms/{realm}/mcp/setup}. */
@NullMarked
package dev.mcpclients.keycloak.setup;

import org.jspecify.annotations.NullMarked;
