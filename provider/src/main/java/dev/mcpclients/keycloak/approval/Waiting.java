package dev.mcpclients.keycloak.approval;

import java.time.Duration;
import java.time.Instant;

/** A login that waits for an approver: since when, and how long it may. */
record Waiting(Instant since, Duration longest) {

    boolean isOver(Instant now) {
        return !now.isBefore(since.plus(longest));
    }
}
