package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Software that registers for the first time at a door, with the state that the door's admission gives it.
 *
 * @param looksLike the known product that it gives itself out for
 * @param addressKept whether approvers see where it was registered from
 */
public record NewSoftware(
        Fingerprint fingerprint,
        Door door,
        String name,
        Evidence evidence,
        @Nullable String looksLike,
        SoftwareState state,
        Basis basis,
        @Nullable String reason,
        @Nullable String decidedBy,
        Limits limits,
        boolean addressKept,
        String claims) {}
