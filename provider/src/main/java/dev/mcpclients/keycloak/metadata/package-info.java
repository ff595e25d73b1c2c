/** What a client says about itself, and the rules that accept, repair or refuse it. */
@NullMarked
package dev.mcpclients.keycloak.metadata;

import org.jspecify.annotations.NullMarked;
