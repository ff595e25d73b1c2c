/** Software that registered, its clients, its state and who decided; JPA stays inside. */
@NullMarked
package dev.mcpclients.keycloak.registry;

import org.jspecify.annotations.NullMarked;
