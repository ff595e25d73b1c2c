package dev.mcpclients.keycloak.setup;

/** The request cannot be carried out, for the reason in the message; nothing is changed. */
final class SetupRefused extends RuntimeException {

    SetupRefused(String message) {
        super(message);
    }
}
