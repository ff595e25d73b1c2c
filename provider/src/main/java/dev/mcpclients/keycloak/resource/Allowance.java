package dev.mcpclients.keycloak.resource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Base64Url;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.util.JsonSerialization;

/**
 * The outcome of one decision, for one authorization: it travels as a note from the authentication session to the client session,
 * where the token guard takes it. Notes of client sessions outlive their authorization, so an allowance is found by the PKCE
 * challenge of its authorization, used once, and short-lived.
 *
 * @param flow random id of the authentication session's pass through the gate
 * @param authorization what was allowed
 * @param at epoch second of the decision
 */
public record Allowance(String flow, Authorization authorization, long at) {

    public Allowance {
        Objects.requireNonNull(flow);
        Objects.requireNonNull(authorization);
    }

    /** Prefix of the notes that hold allowances. */
    public static final String NOTE = "mcp.allowance.";

    /** A code that was redeemed, as far as an allowance has to match it. */
    public record Redeemed(
            String user, @Nullable String redirectParam, @Nullable String resource, String scope, Set<String> scopes) {}

    /** Name of the note for an authorization with this PKCE challenge: one each, since instances of one client log in at once. */
    public static String noteFor(String codeChallenge) {
        byte[] hash = HashUtils.hash(JavaAlgorithm.SHA256, codeChallenge.getBytes(StandardCharsets.UTF_8));
        return NOTE + Base64Url.encode(hash).substring(0, 22);
    }

    /** Reads a note; what cannot be read allows nothing. */
    public static Optional<Allowance> fromNote(@Nullable String note) {
        if (note == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JsonSerialization.readValue(note, Allowance.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public String toNote() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this allowance was given in that pass through the gate and for exactly this authorization. */
    public boolean covers(@Nullable String flow, Authorization asked) {
        return this.flow.equals(flow) && authorization.equals(asked);
    }

    /** Whether this allowance is for that code: same user, redirect URI, resource and scope, and no client scope that was not shown. */
    public boolean covers(Redeemed code) {
        return authorization.user().equals(code.user())
                && Objects.equals(authorization.redirectParam(), code.redirectParam())
                && Objects.equals(authorization.requestedResource(), code.resource())
                && authorization.scope().equals(code.scope())
                && authorization.scopes().containsAll(code.scopes());
    }

    public boolean isOlderThan(Duration age, Instant now) {
        return Instant.ofEpochSecond(at).plus(age).isBefore(now);
    }
}
