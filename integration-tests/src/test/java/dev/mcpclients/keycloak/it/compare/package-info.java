/** A realm that does not register MCP clients answers as if our JARs were not there. */
@NullMarked
package dev.mcpclients.keycloak.it.compare;

import org.jspecify.annotations.NullMarked;
