package dev.mcpclients.keycloak.registry;

/** How much software of a realm is in each state: maintained, so that asking costs the same at any size. */
public record Counts(int pending, int approved, int denied) {

    public int of(SoftwareState state) {
        return switch (state) {
            case PENDING -> pending;
            case APPROVED -> approved;
            case DENIED -> denied;
        };
    }
}
