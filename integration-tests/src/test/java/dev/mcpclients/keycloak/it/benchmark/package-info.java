/** What our extension costs in time and memory, measured beside a Keycloak without it. */
@NullMarked
package dev.mcpclients.keycloak.it.benchmark;

import org.jspecify.annotations.NullMarked;
