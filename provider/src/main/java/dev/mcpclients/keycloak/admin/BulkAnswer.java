package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcpclients.keycloak.registry.Decisions;
import dev.mcpclients.keycloak.registry.Software;
import org.jspecify.annotations.Nullable;

/**
 * What became of a decision about one of many.
 *
 * @param status 200, 404 for no such software, 409 where the action is not possible, as the call for one software would answer
 * @param state the software is in now
 * @param decidedBy who decided last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkAnswer(
        String id,
        int status,
        @Nullable String name,
        @Nullable String state,
        @Nullable String decidedBy,
        @Nullable String decidedAt,
        @Nullable Integer version) {

    static BulkAnswer of(String id, Decisions.Outcome outcome) {
        if (outcome instanceof Decisions.Outcome.Changed changed) {
            return of(id, 200, changed.software());
        }
        if (outcome instanceof Decisions.Outcome.Conflict conflict) {
            return of(id, 409, conflict.software());
        }
        if (outcome instanceof Decisions.Outcome.Impossible impossible) {
            return of(id, 409, impossible.software());
        }
        return new BulkAnswer(id, 404, null, null, null, null, null);
    }

    private static BulkAnswer of(String id, int status, Software software) {
        return new BulkAnswer(
                id,
                status,
                software.name(),
                software.state().wire(),
                software.decidedBy(),
                software.decidedAt() == null ? null : software.decidedAt().toString(),
                software.version());
    }
}
