/** The registration endpoint for MCP clients, the policy that guards every other door, and the settings of both. */
@NullMarked
package dev.mcpclients.keycloak.registration;

import org.jspecify.annotations.NullMarked;
