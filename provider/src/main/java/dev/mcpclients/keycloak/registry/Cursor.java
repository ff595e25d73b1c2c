package dev.mcpclients.keycloak.registry;

import java.time.Instant;

/** The last software of a page: where the next one begins, however far down the list. */
public record Cursor(Instant registeredAt, String id) {

    public static Cursor after(Software last) {
        return new Cursor(last.registeredAt(), last.id());
    }
}
