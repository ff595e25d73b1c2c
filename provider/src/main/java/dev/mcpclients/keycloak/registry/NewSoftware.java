package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import org.jspecify.annotations.Nullable;

/** Software that registers for the first time at a door, with the state that the door's admission gives it. */
public record NewSoftware(
        Fingerprint fingerprint,
        Door door,
        String name,
        Evidence evidence,
        SoftwareState state,
        Basis basis,
        @Nullable String reason,
        @Nullable String decidedBy,
        Limits limits,
        String claims) {}
