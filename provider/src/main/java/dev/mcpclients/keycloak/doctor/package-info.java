/** Looks for what keeps MCP clients out of a realm or makes it less safe, and names the command that mends it: {@code mcp/doctor}. */
@NullMarked
package dev.mcpclients.keycloak.doctor;

import org.jspecify.annotations.NullMarked;
