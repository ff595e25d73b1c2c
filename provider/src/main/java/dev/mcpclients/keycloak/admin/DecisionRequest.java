package dev.mcpclients.keycloak.admin;

import dev.mcpclients.keycloak.approval.LimitsRequest;
import org.jspecify.annotations.Nullable;

/**
 * A decision about software.
 *
 * @param reason why; users read the reason of a denial
 * @param version the version decided on; where it is out of date the answer is 409. Absent: whatever stands now
 * @param limits of an approval
 */
record DecisionRequest(@Nullable String reason, @Nullable Integer version, @Nullable LimitsRequest limits) {

    static final DecisionRequest EMPTY = new DecisionRequest(null, null, null);
}
