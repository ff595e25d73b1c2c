package dev.mcpclients.keycloak.registry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * State of software.
 *
 * <pre>
 *             approve                   deny
 *   PENDING ──────────▶ APPROVED ───────────────▶ DENIED
 *      ▲ │                 │  ▲                   │ │
 *      │ │     suspend     │  └───── approve ─────┘ │
 *      ├─│─────────────────┘                        │
 *      │ │     expire                               │
 *      │ └──────────────────── deny ──────────────▶ │
 *      └────────────────────────────────  re-open ──┘
 * </pre>
 *
 * Suspending takes an approval back for now: pending is its own state of waiting again, reached by a human decision, and everything
 * the software was given ends at once. Expiring is the same by date ({@link Limits}), doubting the same for software that was approved by
 * evidence it has no longer; evidence may also approve what waits. Approving what is approved changes its limits,
 * denying what is denied its reason.
 *
 * <p>Only {@link Decisions} changes the state of software that exists.
 */
public enum SoftwareState {
    PENDING,
    APPROVED,
    DENIED;

    /** The state that a stored value stands for; what is missing or unreadable counts as pending. */
    public static SoftwareState of(@Nullable String stored) {
        for (SoftwareState state : values()) {
            if (state.wire().equals(stored)) {
                return state;
            }
        }
        return PENDING;
    }

    /** The one of the two that allows less. */
    public SoftwareState stricter(SoftwareState other) {
        if (this == DENIED || other == DENIED) {
            return DENIED;
        }
        return this == PENDING || other == PENDING ? PENDING : APPROVED;
    }

    /** The value in client attributes, events and JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
