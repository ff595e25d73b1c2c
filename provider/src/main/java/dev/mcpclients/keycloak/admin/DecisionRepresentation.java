package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.mcpclients.keycloak.approval.LimitsRequest;
import dev.mcpclients.keycloak.registry.Decision;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/**
 * A decision of the history as admin REST shows it.
 *
 * @param before state before the decision
 * @param by user name; absent where a date decided
 * @param byRealm realm of that user: administrators may come from the master realm
 * @param snapshot what the decision was about, as it was then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DecisionRepresentation(
        String id,
        String softwareId,
        String fingerprint,
        String name,
        String action,
        String before,
        String after,
        @Nullable String by,
        @Nullable String byId,
        @Nullable String byRealm,
        String at,
        @Nullable String reason,
        @Nullable LimitsRequest limits,
        @JsonRawValue String snapshot) {

    static DecisionRepresentation of(RealmModel realm, Decision decision) {
        return new DecisionRepresentation(
                decision.id(),
                decision.softwareId(),
                decision.fingerprint(),
                decision.name(),
                decision.action().wire(),
                decision.before().wire(),
                decision.action().result().wire(),
                decision.by().userId() == null ? null : decision.by().name(),
                decision.by().userId(),
                decision.by().realm(),
                decision.at().toString(),
                decision.reason(),
                LimitsRequest.of(realm, decision.limits()),
                decision.snapshot());
    }
}
