package dev.mcpclients.keycloak.registry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How software reached its state: by a human decision, by the admission of the door it came through, or by evidence. */
public enum Basis {
    DECISION,
    OPEN,
    USER_APPROVAL,
    ADMIN_APPROVAL,
    /** Approved for what is known of where its codes go; lasts as long as that. */
    EVIDENCE;

    /** The basis that a stored value stands for; what is missing or unreadable is no human decision. */
    public static Basis of(@Nullable String stored) {
        for (Basis basis : values()) {
            if (basis.wire().equals(stored)) {
                return basis;
            }
        }
        return ADMIN_APPROVAL;
    }

    /** The value in client attributes, events and JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a person decided; only such a state counts at every door. */
    public boolean isHuman() {
        return this == DECISION;
    }
}
