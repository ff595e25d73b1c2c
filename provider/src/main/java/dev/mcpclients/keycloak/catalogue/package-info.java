/** Products we know, how sure we are that a client is one of them, and names that look like theirs. */
@NullMarked
package dev.mcpclients.keycloak.catalogue;

import org.jspecify.annotations.NullMarked;
