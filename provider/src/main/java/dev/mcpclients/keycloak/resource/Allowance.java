package dev.mcpclients.keycloak.resource;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * The outcome of one decision, for one authorization: the gate leaves it for the token guard, which takes it.
 *
 * @param authorization what was allowed
 * @param once whether it was allowed for this time only: without a refresh token
 * @param loan id of the consent that ends when the code is redeemed; absent where there is none
 */
public record Allowance(Authorization authorization, boolean once, @Nullable String loan) {

    /** A code that was redeemed, as far as an allowance has to match it. */
    public record Redeemed(
            String user, @Nullable String redirectParam, @Nullable String resource, String scope, Set<String> scopes) {}

    public Allowance {
        Objects.requireNonNull(authorization);
    }

    public Allowance(Authorization authorization) {
        this(authorization, false, null);
    }

    public static Allowance once(Authorization authorization, @Nullable String loan) {
        return new Allowance(authorization, true, loan);
    }

    /** Reads the written form; what cannot be read allows nothing. */
    public static Optional<Allowance> read(@Nullable String written) {
        if (written == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JsonSerialization.readValue(written, Allowance.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public String written() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this allowance is for exactly this authorization. */
    public boolean covers(Authorization asked) {
        return authorization.equals(asked);
    }

    /** Whether this allowance is for that code: same user, redirect URI, resource and scope, and no client scope that was not shown. */
    public boolean covers(Redeemed code) {
        return authorization.user().equals(code.user())
                && Objects.equals(authorization.redirectParam(), code.redirectParam())
                && Objects.equals(authorization.requestedResource(), code.resource())
                && authorization.scope().equals(code.scope())
                && authorization.scopes().containsAll(code.scopes());
    }
}
