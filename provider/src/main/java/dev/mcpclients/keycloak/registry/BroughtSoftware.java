package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.metadata.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Software as it comes from another realm.
 *
 * @param id the id it had there
 * @param standing the state it is to have here
 * @param claims JSON array of what registrants claimed
 */
public record BroughtSoftware(
        String id,
        Fingerprint fingerprint,
        Door door,
        String name,
        Standing standing,
        Instant registeredAt,
        @Nullable Instant usedAt,
        String claims) {

    /**
     * A state, and what led to it.
     *
     * @param decidedBy user name
     * @param decidedAt null where no person decided
     * @param limits of an approval
     */
    public record Standing(
            SoftwareState state,
            Basis basis,
            @Nullable String reason,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            Limits limits) {

        /** A state that no person decided. */
        public static Standing of(SoftwareState state, Basis basis) {
            return new Standing(state, basis, null, null, null, Limits.NONE);
        }

        /** The state this software has here. */
        public static Standing of(Software software) {
            return new Standing(
                    software.state(),
                    software.basis(),
                    software.reason(),
                    software.decidedBy(),
                    software.decidedAt(),
                    software.limits());
        }
    }
}
