package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.registry.SoftwareState;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;

/** What an authorization request runs into at the gate. */
enum Situation {
    /** The software is approved: the user decides. */
    DECIDE(null, null),
    /** The software waits for an approver. */
    WAIT(null, null),
    /** The software is denied. */
    DENIED(null, null),
    /** RFC 8707 section 2: "invalid_target". */
    NO_SUCH_RESOURCE(
            OAuthErrorException.INVALID_TARGET, "The requested resource is unknown or not open to this client"),
    /** OAuth 2.1 section 4.1.1 and the MCP authorization specification: clients MUST use PKCE, with S256. */
    NO_PKCE(OAuthErrorException.INVALID_REQUEST, "A code_challenge with code_challenge_method S256 is required"),
    NOT_A_CODE(OAuthErrorException.UNSUPPORTED_RESPONSE_TYPE, "Only response_type code is allowed for this client");

    private final @Nullable String error;
    private final @Nullable String description;

    Situation(@Nullable String error, @Nullable String description) {
        this.error = error;
        this.description = description;
    }

    /** A denial outweighs everything; a request that cannot end well is not worth waiting for. */
    static Situation of(
            SoftwareState state,
            Target target,
            @Nullable String responseType,
            @Nullable String challenge,
            @Nullable String challengeMethod) {
        if (state == SoftwareState.DENIED) {
            return DENIED;
        }
        if (!OAuth2Constants.CODE.equals(responseType)) {
            return NOT_A_CODE;
        }
        if (challenge == null || !OAuth2Constants.PKCE_METHOD_S256.equals(challengeMethod)) {
            return NO_PKCE;
        }
        if (target instanceof Target.Unacceptable) {
            return NO_SUCH_RESOURCE;
        }
        return state == SoftwareState.APPROVED ? DECIDE : WAIT;
    }

    /** Whether the request cannot be served, whoever decides what. */
    boolean isError() {
        return error != null;
    }

    /** The OAuth error code where {@link #isError()}. */
    String error() {
        return error == null ? OAuthErrorException.ACCESS_DENIED : error;
    }

    /** The {@code error_description} where {@link #isError()}. */
    String description() {
        return description == null ? "" : description;
    }
}
