package dev.mcpclients.keycloak.it.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/** A real PostgreSQL, started without Docker, that writes every statement to a log file. */
final class Postgres implements AutoCloseable {

    private static final String LOG_DIRECTORY = "statements";

    private final EmbeddedPostgres server;
    private final Path statements;
    private final Map<String, Database> databases = new HashMap<>();

    private Postgres(EmbeddedPostgres server, Path statements) {
        this.server = server;
        this.statements = statements;
    }

    static Postgres start(Path directory) {
        Path data = directory.resolve("data");
        try {
            // What a run that was killed has left.
            FileUtils.deleteDirectory(data.toFile());
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(true)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("fsync", "off")
                    // Many queries of Keycloak name no order. By index, rows come in the order of their keys on every
                    // server; by another plan, in the order of the table, and which plan it is depends on its size.
                    .setServerConfig("enable_seqscan", "off")
                    .setServerConfig("enable_bitmapscan", "off")
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("log_destination", "jsonlog")
                    .setServerConfig("log_directory", LOG_DIRECTORY)
                    .setServerConfig("log_filename", "all")
                    .setServerConfig("log_rotation_size", "0")
                    .setServerConfig("log_statement", "all")
                    .setServerConfig("log_parameter_max_length", "0")
                    .start();
            return new Postgres(server, data.resolve(LOG_DIRECTORY).resolve("all.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database of that name, made when it is first asked for. */
    Database database(String name) {
        return databases.computeIfAbsent(name, key -> {
            Database database = new Database(key, server.getPort(), statements);
            database.create();
            return database;
        });
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
