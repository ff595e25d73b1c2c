/** The gate: what a person sees and decides before software gets a code, and the screens for it. */
@NullMarked
package dev.mcpclients.keycloak.approval;

import org.jspecify.annotations.NullMarked;
