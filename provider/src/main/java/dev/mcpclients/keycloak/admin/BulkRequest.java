package dev.mcpclients.keycloak.admin;

import dev.mcpclients.keycloak.approval.LimitsRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision about much software.
 *
 * @param ids at most 200
 * @param limits of an approval
 */
record BulkRequest(@Nullable List<String> ids, @Nullable String reason, @Nullable LimitsRequest limits) {}
