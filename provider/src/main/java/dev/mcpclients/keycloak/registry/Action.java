package dev.mcpclients.keycloak.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be done about software; the history names it. */
public enum Action {
    APPROVE(SoftwareState.APPROVED),
    DENY(SoftwareState.DENIED),
    /** Takes an approval back for now: the software waits again, and what it was given ends at once. */
    SUSPEND(SoftwareState.PENDING),
    /** Takes a denial back: the software waits again. */
    REOPEN(SoftwareState.PENDING),
    /** The date up to which software was approved has passed; nobody's action. */
    EXPIRE(SoftwareState.PENDING),
    /** The evidence that software was approved by is gone; nobody's action. */
    DOUBT(SoftwareState.PENDING);

    private final SoftwareState result;

    Action(SoftwareState result) {
        this.result = result;
    }

    /** The action that a stored or sent value stands for. */
    public static Optional<Action> of(@Nullable String wire) {
        return Arrays.stream(values())
                .filter(action -> action.wire().equals(wire))
                .findFirst();
    }

    /** The value in paths, events and JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a person can choose it. */
    public boolean isForPeople() {
        return switch (this) {
            case APPROVE, DENY, SUSPEND, REOPEN -> true;
            case EXPIRE, DOUBT -> false;
        };
    }

    /** The state it leads to. */
    public SoftwareState result() {
        return result;
    }

    /** Approving again changes limits, denying again the reason; only what was given can be taken back. */
    public boolean isPossibleFrom(SoftwareState state) {
        return switch (this) {
            case APPROVE, DENY -> true;
            case SUSPEND, EXPIRE, DOUBT -> state == SoftwareState.APPROVED;
            case REOPEN -> state == SoftwareState.DENIED;
        };
    }
}
