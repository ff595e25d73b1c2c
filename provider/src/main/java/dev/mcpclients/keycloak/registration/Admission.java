package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.registry.Basis;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a door does with new software. Software that is known already goes on with the state it has. */
public enum Admission {
    /** New software counts as approved; each user still decides on the screen. */
    OPEN,
    /** New software is registered, and each user decides for himself. */
    USER_APPROVAL,
    /** New software waits for an approver. */
    ADMIN_APPROVAL,
    /** New software needs an initial access token. */
    TOKEN_ONLY,
    /** No new software. */
    CLOSED;

    static Optional<Admission> of(@Nullable String setting) {
        for (Admission admission : values()) {
            if (admission.wire().equals(setting)) {
                return Optional.of(admission);
            }
        }
        return Optional.empty();
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** State of new software that this admission lets in. */
    SoftwareState newState() {
        return switch (this) {
            case OPEN, USER_APPROVAL -> SoftwareState.APPROVED;
            case ADMIN_APPROVAL, TOKEN_ONLY, CLOSED -> SoftwareState.PENDING;
        };
    }

    Basis basis() {
        return switch (this) {
            case OPEN -> Basis.OPEN;
            case USER_APPROVAL -> Basis.USER_APPROVAL;
            case ADMIN_APPROVAL, TOKEN_ONLY, CLOSED -> Basis.ADMIN_APPROVAL;
        };
    }
}
