/** The client policy of this extension, in force in every realm. */
@NullMarked
package dev.mcpclients.keycloak.policy;

import org.jspecify.annotations.NullMarked;
