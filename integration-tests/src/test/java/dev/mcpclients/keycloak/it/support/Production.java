package dev.mcpclients.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One Keycloak as it runs in production: built, with the optimising compiler, on a PostgreSQL database that logs nothing and plans freely. */
public final class Production implements AutoCloseable {

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final KeycloakServer server;
    private final Database database;
    private final Path home;
    private final Duration start;

    private Production(KeycloakServer server, Database database, Path home, Duration start) {
        this.server = server;
        this.database = database;
        this.home = home;
        this.start = start;
    }

    /** Builds and starts a server of that name, with these providers, on a database of its own beside the given one. */
    public static Production start(String name, Database beside, List<Path> providers) {
        Database database = beside.another(name);
        for (String setting : List.of("log_statement = 'none'", "enable_seqscan = on", "enable_bitmapscan = on")) {
            database.execute("alter database " + name + " set " + setting);
        }
        Map<String, String> settings = new HashMap<>(database.keycloakSettings());
        Distribution built = Distribution.built(KeycloakServer.directory(name), providers, settings);
        settings.put("JAVA_OPTS_APPEND", "");
        // The first start makes the tables.
        KeycloakServer server = KeycloakServer.startNode(name, built, settings);
        long begin = System.nanoTime();
        server.restart();
        return new Production(server, database, built.home(), Duration.ofNanos(System.nanoTime() - begin));
    }

    public KeycloakServer server() {
        return server;
    }

    public Database database() {
        return database;
    }

    /** How long ending it and starting it again took. */
    public Duration restartTime() {
        return start;
    }

    /** The most memory that the process has had so far, in bytes (resident set); empty where the system does not tell. */
    public OptionalLong peakMemory() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .mapToLong(process -> peakMemory(process.pid()))
                .max();
    }

    private static long peakMemory(long pid) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return peak.find() ? Long.parseLong(peak.group(1)) * 1024 : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
