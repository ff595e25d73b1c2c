package dev.mcpclients.keycloak.example;

/** What the check of a request's access token came to. */
sealed interface Access {

    /** The token is good for this server. */
    record Granted(Caller caller) implements Access {}

    /** The request carries no token: RFC 6750 section 3.1 answers 401 without an error code. */
    record Anonymous() implements Access {}

    /** The token is malformed, forged, expired or not meant for this server: {@code invalid_token}, 401. */
    record Invalid(String reason) implements Access {}

    /** The token is good, but does not allow this: {@code insufficient_scope}, 403. */
    record Insufficient() implements Access {}

    /** Nobody can tell now, because the keys of the issuer cannot be read: 503, so that no client signs in again. */
    record Unknown() implements Access {}
}
