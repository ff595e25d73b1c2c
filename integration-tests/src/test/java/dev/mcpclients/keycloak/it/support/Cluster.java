package dev.mcpclients.keycloak.it.support;

import dev.mcpclients.keycloak.demo.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two Keycloaks in production mode that share a PostgreSQL database and form a cluster. */
public final class Cluster implements AutoCloseable {

    private static final Duration BUILD = Duration.ofMinutes(4);

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
        Distribution built = build(KeycloakServer.directory("node1"), database);
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

    private static Distribution build(Path directory, Map<String, String> database) {
        Distribution distribution = Distribution.create(directory.resolve("keycloak"), Settings.ourJars());
        Map<String, String> environment = new HashMap<>(database);
        environment.put("KC_HEALTH_ENABLED", "true");
        environment.put("KC_METRICS_ENABLED", "true");
        environment.put("KC_CACHE", "ispn");
        try (ServerProcess build = ServerProcess.start(
                "Build of Keycloak",
                distribution.home(),
                directory.resolve("build.log"),
                environment,
                List.of(distribution.startScript(), "build"))) {
            build.awaitEnd(BUILD);
        }
        return distribution;
    }
}
