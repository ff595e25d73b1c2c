package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.resource.Allowance;
import dev.mcpclients.keycloak.resource.Authorization;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * What the gate remembers in an authentication session.
 *
 * <p>The flow id is an authentication note: it lives on the server only and dies with a restart of the login. The allowance is a
 * client note, which Keycloak copies to the client session, and which a restart cookie may bring back: it counts only with its flow id.
 */
final class GateNotes {

    private static final String FLOW = "mcp.flow";
    private static final String SHOWN = "mcp.shown";
    private static final String WAITING_SINCE = "mcp.waiting";

    private final AuthenticationSessionModel authSession;

    GateNotes(AuthenticationSessionModel authSession) {
        this.authSession = authSession;
    }

    /** Whether this login has been allowed exactly this. */
    boolean allows(Authorization authorization) {
        String note = allowanceNote();
        return note != null
                && Allowance.fromNote(authSession.getClientNote(note))
                        .filter(allowance -> allowance.covers(authSession.getAuthNote(FLOW), authorization))
                        .isPresent();
    }

    void allow(Authorization authorization) {
        String note = allowanceNote();
        if (note == null) {
            throw new IllegalStateException("No code challenge");
        }
        String flow = KeycloakModelUtils.generateId();
        authSession.setAuthNote(FLOW, flow);
        authSession.setClientNote(note, new Allowance(flow, authorization, Time.currentTimeMillis() / 1000).toNote());
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

    boolean hasWaited(Duration longest, Instant now) {
        return waitingSince().map(since -> !now.isBefore(since.plus(longest))).orElse(false);
    }

    private @Nullable String allowanceNote() {
        String challenge = authSession.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_PARAM);
        return challenge == null ? null : Allowance.noteFor(challenge);
    }

    private static String json(Authorization authorization) {
        try {
            return JsonSerialization.writeValueAsString(authorization);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
