package dev.mcpclients.keycloak.example;

/**
 * The user a call is made for, as the access token names him.
 *
 * @param subject the issuer's stable id of the user
 * @param name what to call the user
 * @param client the OAuth client that calls
 */
record Caller(String subject, String name, String client) {

    /** The request attribute the caller travels in. */
    static final String ATTRIBUTE = "caller";
}
