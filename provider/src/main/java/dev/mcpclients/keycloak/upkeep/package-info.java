/** Work on registered clients that no request waits for. */
@NullMarked
package dev.mcpclients.keycloak.upkeep;

import org.jspecify.annotations.NullMarked;
