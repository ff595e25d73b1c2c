package dev.mcpclients.keycloak.admin;

/** A row of an import cannot be taken, for the reason in the message; the others can. */
final class RowRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RowRefusedException(String message) {
        super(message, null, false, false);
    }
}
