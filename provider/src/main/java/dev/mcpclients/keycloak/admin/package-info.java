/** Admin REST below {@code /admin/realms/{realm}/mcp}: software and decisions. */
@NullMarked
package dev.mcpclients.keycloak.admin;

import org.jspecify.annotations.NullMarked;
