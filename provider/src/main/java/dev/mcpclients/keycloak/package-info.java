/** Keycloak extension that lets MCP clients register themselves and lets people decide about them. */
@NullMarked
package dev.mcpclients.keycloak;

import org.jspecify.annotations.NullMarked;
