package dev.mcpclients.keycloak.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a finding matters to users, the most first. */
enum Severity {
    /** MCP clients do not work. */
    ERROR,
    /** They work, less safely or less well than they should. */
    WARNING,
    /** Worth knowing. */
    INFO;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
