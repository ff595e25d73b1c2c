package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Evidence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a new look at software found.
 *
 * @param looksLike the known or approved product that it gives itself out for
 * @param state where it stands now; another one only where no person decided
 */
public record Assessment(Evidence evidence, @Nullable String looksLike, SoftwareState state, Basis basis) {

    /** Whether the registry has it so already. */
    public boolean isThatOf(Software software) {
        return evidence == software.evidence()
                && Objects.equals(looksLike, software.looksLike())
                && state == software.state()
                && basis == software.basis();
    }
}
