package dev.mcpclients.keycloak.approval;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person answered on a page of the gate; the value of the pressed button. */
enum Answer {
    ALLOW,
    /** Allows it this time: nothing is kept. */
    ONCE,
    DENY,
    /** Wants to tell the approvers why. */
    EXPLAIN,
    /** Has written why. */
    SEND,
    NONE;

    static Answer of(@Nullable String value) {
        return Arrays.stream(values())
                .filter(answer -> answer.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElse(NONE);
    }
}
