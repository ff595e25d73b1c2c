package dev.mcpclients.keycloak.it.support;

import java.util.HashMap;
import java.util.Map;

/** Two Keycloaks in production mode that share a PostgreSQL database and form a cluster. */
public final class Cluster implements AutoCloseable {

    /** Dates are looked at on every node again and again, so that both are at it at once. */
    private static final Map<String, String> HURRY = Map.of("KC_SPI_EVENTS_LISTENER__MCP_UPKEEP__DEADLINES_EVERY", "2");

    private final Database database;
    private final KeycloakServer first;
    private final KeycloakServer second;

    private Cluster(Database database, KeycloakServer first, KeycloakServer second) {
        this.database = database;
        this.first = first;
        this.second = second;
    }

    /** Builds the server once and starts it twice, on a database of its own beside the given one. */
    public static Cluster start(Database beside) {
        Database own = beside.another("cluster");
        Map<String, String> database = new HashMap<>(own.keycloakSettings());
        Distribution built = Distribution.built(KeycloakServer.directory("node1"), Settings.ourJars(), database);
        database.putAll(HURRY);
        Distribution copy = built.copiedTo(KeycloakServer.directory("node2").resolve("keycloak"));
        KeycloakServer first = KeycloakServer.startNode("node1", built, database);
        try {
            return new Cluster(own, first, KeycloakServer.startNode("node2", copy, database));
        } catch (RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }

    /** The one that both share. */
    public Database database() {
        return database;
    }

    public KeycloakServer first() {
        return first;
    }

    public KeycloakServer second() {
        return second;
    }

    @Override
    public void close() {
        second.close();
        first.close();
    }
}
