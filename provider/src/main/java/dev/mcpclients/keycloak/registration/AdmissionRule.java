package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.RefusalRule;
import dev.mcpclients.keycloak.registry.Basis;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a door does with a registration, from its admission and what the registry holds of the same software. */
final class AdmissionRule {

    /** What happens to the registration. */
    sealed interface Entry {

        /** The software is known at this door and keeps its state. */
        record Known(Software software) implements Entry {}

        /** The software is new at this door. */
        record New(SoftwareState state, Basis basis, @Nullable String reason, @Nullable String decidedBy, Limits limits)
                implements Entry {}

        record Refused(RefusalRule rule) implements Entry {}
    }

    /**
     * Decides.
     *
     * @param rows what the registry holds of this software, at most one row for each door
     */
    static Entry decide(Door door, Admission admission, List<Software> rows) {
        Optional<Software> decided =
                rows.stream().filter(row -> row.basis().isHuman()).findFirst();
        if (decided.isPresent() && decided.get().state() == SoftwareState.DENIED) {
            return new Entry.Refused(RefusalRule.DENIED_SOFTWARE);
        }
        Optional<Software> known =
                rows.stream().filter(row -> row.door() == door).findFirst();
        if (known.isPresent()) {
            return new Entry.Known(known.get());
        }
        if (decided.isPresent()) {
            // A person decided about this software, and one decision holds at every door.
            Software decision = decided.get();
            return new Entry.New(
                    decision.state(), Basis.DECISION, decision.reason(), decision.decidedBy(), decision.limits());
        }
        return switch (admission) {
            case OPEN, USER_APPROVAL, ADMIN_APPROVAL ->
                new Entry.New(admission.newState(), admission.basis(), null, null, Limits.NONE);
            // Whoever came with a token and still meets token-only has a setting that makes no sense: closed.
            case TOKEN_ONLY ->
                new Entry.Refused(
                        door == Door.ANONYMOUS ? RefusalRule.INITIAL_ACCESS_TOKEN_REQUIRED : RefusalRule.CLOSED);
            case CLOSED -> new Entry.Refused(RefusalRule.CLOSED);
        };
    }

    private AdmissionRule() {}
}
