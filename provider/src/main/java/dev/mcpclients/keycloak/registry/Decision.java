package dev.mcpclients.keycloak.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision, as it stays in the history when its software is gone.
 *
 * @param softwareId id of the row decided on; it may be gone
 * @param name of the software at that time
 * @param before state before the decision
 * @param limits of an approval
 * @param snapshot JSON object of what the decision was about: name, form behind the fingerprint, door, evidence, claims, clients
 */
public record Decision(
        String id,
        String softwareId,
        String fingerprint,
        String name,
        Action action,
        SoftwareState before,
        Actor by,
        Instant at,
        @Nullable String reason,
        Limits limits,
        String snapshot) {

    static Decision of(DecisionEntity row) {
        return new Decision(
                row.id,
                row.softwareId,
                row.fingerprint,
                row.name,
                Action.of(row.action).orElseThrow(() -> new IllegalStateException("action of decision " + row.id)),
                SoftwareState.of(row.stateBefore),
                new Actor(row.decidedBy == null ? "" : row.decidedBy, row.decidedById, row.decidedByRealm),
                Instant.ofEpochMilli(row.decidedAt),
                row.reason,
                Limits.of(row.limits),
                row.snapshot);
    }
}
