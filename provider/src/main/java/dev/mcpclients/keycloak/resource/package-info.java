/** MCP servers as OAuth resources: which ones a realm has, the audience of a token, and the guard over every token response. */
@NullMarked
package dev.mcpclients.keycloak.resource;

import org.jspecify.annotations.NullMarked;
