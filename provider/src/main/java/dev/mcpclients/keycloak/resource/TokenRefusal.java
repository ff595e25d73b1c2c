package dev.mcpclients.keycloak.resource;

import java.util.Locale;
import org.keycloak.OAuthErrorException;

/** Why the guard gives no token: the OAuth error and text for the client, and by its name the reason in the event. */
enum TokenRefusal {
    NOT_APPROVED(OAuthErrorException.INVALID_GRANT, "This client is not approved"),
    NOT_FOR_USER(OAuthErrorException.INVALID_GRANT, "This client is not approved for this user"),
    SCOPE_NOT_ALLOWED(
            OAuthErrorException.INVALID_GRANT, "The client is no longer approved for all of this: authorize again"),
    NO_PKCE(OAuthErrorException.INVALID_GRANT, "The authorization had no S256 code challenge"),
    GATE_OFF(OAuthErrorException.INVALID_GRANT, "The user was not asked about this authorization"),
    NO_ALLOWANCE(OAuthErrorException.INVALID_GRANT, "The user was not asked about this authorization"),
    OTHER_AUTHORIZATION(OAuthErrorException.INVALID_GRANT, "The user was asked about another authorization"),
    NOT_OF_A_DECISION(
            OAuthErrorException.INVALID_GRANT, "The refresh token comes from no authorization of this client"),
    GRANT_NOT_ALLOWED(
            OAuthErrorException.UNAUTHORIZED_CLIENT, "This client may use authorization_code and refresh_token only"),
    RESOURCE_CLOSED(OAuthErrorException.INVALID_TARGET, "The resource is unknown or not open to this client"),
    OTHER_RESOURCE(OAuthErrorException.INVALID_TARGET, "The resource is not the one that was authorized");

    private final String error;
    private final String description;

    TokenRefusal(String error, String description) {
        this.error = error;
        this.description = description;
    }

    String error() {
        return error;
    }

    String description() {
        return description;
    }

    String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
