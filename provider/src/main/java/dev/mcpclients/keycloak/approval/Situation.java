package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.registry.SoftwareState;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;

/** What an authorization request runs into at the gate, and the OAuth error with which it ends there if it does. */
enum Situation {
    /** The software is approved: the user decides. */
    DECIDE(OAuthErrorException.ACCESS_DENIED, "The user denied access"),
    /** The software waits for an approver. */
    WAIT(OAuthErrorException.ACCESS_DENIED, "This software is waiting for approval"),
    /** The software is denied. */
    DENIED(OAuthErrorException.ACCESS_DENIED, "This software is denied"),
    /** The software is approved for members of groups that the user is not in. */
    NOT_FOR_USER(OAuthErrorException.ACCESS_DENIED, "This software is not approved for this user"),
    /** RFC 8707 section 2: "invalid_target". */
    NO_SUCH_RESOURCE(
            OAuthErrorException.INVALID_TARGET, "The requested resource is unknown or not open to this client"),
    /** OAuth 2.1 section 4.1.1 and the MCP authorization specification: clients MUST use PKCE, with S256. */
    NO_PKCE(OAuthErrorException.INVALID_REQUEST, "A code_challenge with code_challenge_method S256 is required"),
    NOT_A_CODE(OAuthErrorException.UNSUPPORTED_RESPONSE_TYPE, "Only response_type code is allowed for this client");

    private final String error;
    private final String description;

    Situation(String error, String description) {
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

    /** The same for a user who may, or may not, use what is approved. */
    Situation within(boolean mayUse) {
        return this == DECIDE && !mayUse ? NOT_FOR_USER : this;
    }

    String error() {
        return error;
    }

    String description() {
        return description;
    }
}
