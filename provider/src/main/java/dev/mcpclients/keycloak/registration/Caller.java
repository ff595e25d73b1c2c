package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.registry.Door;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * Who registers: the door he came to and its settings.
 *
 * @param fixedToken name of the fixed initial access token he presented, null where he presented none
 */
record Caller(Door door, RegistrationSettings settings, @Nullable String fixedToken) {

    /** Reads the caller from the request; a bearer token that is not a fixed one is left to Keycloak to check. */
    static Caller of(KeycloakSession session, RealmModel realm) {
        String token = bearer(
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION));
        if (token == null) {
            return new Caller(Door.ANONYMOUS, RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS), null);
        }
        RegistrationSettings authenticated = RegistrationSettings.at(realm, RegistrationAuth.AUTHENTICATED);
        Optional<String> fixed = authenticated.fixedTokens().stream()
                .filter(entry -> entry.matches(session, token))
                .map(FixedToken::name)
                .findFirst();
        return new Caller(Door.AUTHENTICATED, authenticated, fixed.orElse(null));
    }

    /** RFC 6750 section 2.1; any other scheme is no token of ours and counts as anonymous, as at Keycloak's own doors. */
    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        String token = authorization.substring(7).trim();
        return token.isEmpty() ? null : token;
    }

    RegistrationAuth registrationAuth() {
        return door == Door.ANONYMOUS ? RegistrationAuth.ANONYMOUS : RegistrationAuth.AUTHENTICATED;
    }
}
