package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.resource.Allowance;
import dev.mcpclients.keycloak.resource.Authorization;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * What the gate remembers in an authentication session. All of it are authentication notes: they live on the server only, and die
 * with a restart of the login; client notes would come back from Keycloak's restart cookie.
 */
final class GateNotes {

    private static final String ALLOWED = "mcp.allowed";
    private static final String SHOWN = "mcp.shown";
    private static final String WAITING_SINCE = "mcp.waiting";

    private final AuthenticationSessionModel authSession;

    GateNotes(AuthenticationSessionModel authSession) {
        this.authSession = authSession;
    }

    /** Whether this login has been allowed exactly this. */
    boolean allows(Authorization authorization) {
        return Allowance.read(authSession.getAuthNote(ALLOWED))
                .filter(allowance -> allowance.covers(authorization))
                .isPresent();
    }

    void allow(Allowance allowance) {
        authSession.setAuthNote(ALLOWED, allowance.written());
    }

    /** Remembers what the person is looking at: an answer counts for that only. */
    void show(Authorization authorization) {
        authSession.setAuthNote(SHOWN, json(authorization));
    }

    boolean shows(Authorization authorization) {
        return json(authorization).equals(authSession.getAuthNote(SHOWN));
    }

    Optional<Instant> waitingSince() {
        return Optional.ofNullable(authSession.getAuthNote(WAITING_SINCE))
                .map(Long::parseLong)
                .map(Instant::ofEpochSecond);
    }

    void waitFrom(Instant now) {
        authSession.setAuthNote(WAITING_SINCE, Long.toString(now.getEpochSecond()));
    }

    private static String json(Authorization authorization) {
        try {
            return JsonSerialization.writeValueAsString(authorization);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
