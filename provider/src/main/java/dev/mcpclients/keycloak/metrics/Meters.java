package dev.mcpclients.keycloak.metrics;

import io.micrometer.core.instrument.Metrics;
import java.time.Duration;

/**
 * The meters of this extension by name; {@code docs/metrics.md} describes them. Tags hold realms and fixed words only, never
 * anything a client says, so that nobody can make series. Where Keycloak's metrics are off the registry is empty, and this costs nothing.
 */
final class Meters {

    static final String REGISTRATIONS = "keycloak.mcp.registrations";
    static final String GATE = "keycloak.mcp.gate";
    static final String DECISIONS = "keycloak.mcp.decision";
    static final String SOFTWARE = "keycloak.mcp.software";

    static void registration(String realm, String door, String outcome) {
        Metrics.counter(REGISTRATIONS, "realm", realm, "door", door, "outcome", outcome)
                .increment();
    }

    static void gate(String realm, String outcome) {
        Metrics.counter(GATE, "realm", realm, "outcome", outcome).increment();
    }

    /** Software that waited was decided about. */
    static void decided(String realm, String action, Duration waited) {
        Metrics.timer(DECISIONS, "realm", realm, "action", action).record(waited);
    }

    private Meters() {}
}
