package dev.mcpclients.keycloak.demo;

/** A reason why the demo cannot run, in words for the person who started it. */
final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message, null, false, false);
    }
}
