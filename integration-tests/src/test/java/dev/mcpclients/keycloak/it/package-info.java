/** Tests of the extension against a real Keycloak, one class per feature. */
@NullMarked
package dev.mcpclients.keycloak.it;

import org.jspecify.annotations.NullMarked;
