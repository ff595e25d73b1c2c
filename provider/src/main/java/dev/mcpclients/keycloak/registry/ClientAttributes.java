package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;

/**
 * The attributes by which a Keycloak client carries the state of its software: cached by Keycloak in the whole cluster, so that
 * a login or a token response needs no statement to know it.
 */
public final class ClientAttributes {

    /** Id of the software row; a client that carries it is held by the gate and the guard. */
    public static final String SOFTWARE = "mcp.software";

    public static final String STATE = "mcp.state";
    public static final String BASIS = "mcp.basis";

    /** The door it came through; absent on clients of the anonymous one. */
    public static final String DOOR = "mcp.door";

    /** Reason of a denial, plain text for the user. */
    public static final String REASON = "mcp.reason";

    /** {@link Limits} of the approval as JSON; absent where there are none. */
    public static final String LIMITS = "mcp.limits";

    /** The lowest evidence over the redirect URIs of the software; absent where there is none, which saves most clients a row. */
    public static final String EVIDENCE = "mcp.evidence";

    /** The known or approved product that the software gives itself out for; absent where there is none. */
    public static final String LOOKS_LIKE = "mcp.looks-like";

    /** {@code true} on clients that every registrant of the same software receives. */
    public static final String SHARED = "mcp.shared";

    /** {@code true} on clients that an administrator lists; registrations with their redirect URIs receive them. */
    public static final String PREREGISTERED = "mcp.preregistered";

    /** What no registration or update may set: ours, and the attribute that makes a client a resource. */
    public static boolean isReserved(String name) {
        return name.startsWith("mcp.") || name.equals("resource_url");
    }

    /** Whether the client belongs to registered software, whatever its state. */
    public static boolean isMcpClient(ClientModel client) {
        return client.getAttribute(SOFTWARE) != null;
    }

    /** State of the client's software as the client carries it; an approval whose date has passed counts as pending at once. */
    public static SoftwareState stateOf(ClientModel client) {
        SoftwareState state = SoftwareState.of(client.getAttribute(STATE));
        return state == SoftwareState.APPROVED
                        && limitsOf(client).isOver(Instant.ofEpochMilli(Time.currentTimeMillis()))
                ? SoftwareState.PENDING
                : state;
    }

    /** What the approval of the client's software is limited to; what cannot be read allows nothing. */
    public static Limits limitsOf(ClientModel client) {
        return Limits.of(client.getAttribute(LIMITS));
    }

    /** How that state was reached. */
    public static Basis basisOf(ClientModel client) {
        return Basis.of(client.getAttribute(BASIS));
    }

    /** Copies the state of the software to the client, where gate and guard read it. */
    public static void carry(ClientModel client, Software software) {
        client.setAttribute(SOFTWARE, software.id());
        client.setAttribute(STATE, software.state().wire());
        client.setAttribute(BASIS, software.basis().wire());
        carryLimits(client, software.limits());
        if (software.door() != Door.ANONYMOUS) {
            client.setAttribute(DOOR, software.door().wire());
        }
        carryEvidence(client, software.evidence());
        carryLooksLike(client, software.looksLike());
        if (software.state() == SoftwareState.DENIED
                && software.reason() != null
                && software.basis() == Basis.DECISION) {
            client.setAttribute(REASON, software.reason());
        } else {
            client.removeAttribute(REASON);
        }
    }

    public static void carryLooksLike(ClientModel client, @Nullable String looksLike) {
        if (looksLike == null) {
            client.removeAttribute(LOOKS_LIKE);
        } else {
            client.setAttribute(LOOKS_LIKE, looksLike);
        }
    }

    /** The lowest evidence over the redirect URIs of the client's software; what is missing proves nothing. */
    public static Evidence evidenceOf(ClientModel client) {
        String stored = client.getAttribute(EVIDENCE);
        return stored == null ? Evidence.NONE : Evidence.of(stored).orElse(Evidence.NONE);
    }

    /** No evidence is no attribute: {@link #evidenceOf} reads it so. */
    public static void carryEvidence(ClientModel client, Evidence evidence) {
        if (evidence == Evidence.NONE) {
            client.removeAttribute(EVIDENCE);
        } else {
            client.setAttribute(EVIDENCE, evidence.wire());
        }
    }

    /** Limits belong to an approval; in another state they are none. */
    public static void carryLimits(ClientModel client, Limits limits) {
        String json = limits.toJson();
        if (json == null) {
            client.removeAttribute(LIMITS);
        } else {
            client.setAttribute(LIMITS, json);
        }
    }

    /** Ends all tokens given to the client so far, without a walk over its sessions. */
    public static void endTokens(ClientModel client) {
        // Not-before has whole seconds, and a token of this very second must end too.
        client.setNotBefore((int) (Time.currentTimeMillis() / 1000) + 1);
    }

    private ClientAttributes() {}
}
