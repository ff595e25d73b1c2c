/** What an operator watches: counters, a timer and gauges in Keycloak's own registry. */
@NullMarked
package dev.mcpclients.keycloak.metrics;

import org.jspecify.annotations.NullMarked;
