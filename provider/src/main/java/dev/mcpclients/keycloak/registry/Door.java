package dev.mcpclients.keycloak.registry;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way by which a registration came in. */
public enum Door {
    /** Without a token. */
    ANONYMOUS,
    /** With an initial access token, a registration access token, or a bearer token of an administrator. */
    AUTHENTICATED,
    /** By a Client ID Metadata Document. */
    CIMD;

    /** The door that a stored value stands for. */
    public static Optional<Door> of(@Nullable String stored) {
        for (Door door : values()) {
            if (door.wire().equals(stored)) {
                return Optional.of(door);
            }
        }
        return Optional.empty();
    }

    /** The value in client attributes, events and JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
