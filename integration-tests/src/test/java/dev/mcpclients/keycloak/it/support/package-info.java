/** What the integration tests stand on: servers, realms, databases, browsers and an OAuth client. */
@NullMarked
package dev.mcpclients.keycloak.it.support;

import org.jspecify.annotations.NullMarked;
