package dev.mcpclients.keycloak.registry;

/**
 * How much undecided software a realm holds at most.
 *
 * @param pending software that waits for a decision
 * @param unused software that no user has used and no person has decided about
 */
public record RegistryBounds(int pending, int unused) {

    public RegistryBounds {
        if (pending < 1 || unused < 1) {
            throw new IllegalArgumentException("bounds are at least 1");
        }
    }
}
