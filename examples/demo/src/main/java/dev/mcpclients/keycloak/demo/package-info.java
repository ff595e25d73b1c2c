/** Starts Keycloak and the example MCP server on this computer, for people ({@code mvn -Prun}) and for tests. */
@NullMarked
package dev.mcpclients.keycloak.demo;

import org.jspecify.annotations.NullMarked;
