/** Keeps Keycloak from sending visitors on to hosts that nobody vouches for: what it would redirect as an error becomes a page. */
@NullMarked
package dev.mcpclients.keycloak.redirects;

import org.jspecify.annotations.NullMarked;
