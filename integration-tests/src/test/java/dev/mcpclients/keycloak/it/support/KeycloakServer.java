package dev.mcpclients.keycloak.it.support;

import dev.mcpclients.keycloak.demo.Ports;
import dev.mcpclients.keycloak.demo.Readiness;
import dev.mcpclients.keycloak.demo.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A running Keycloak on loopback ports of its own. */
public final class KeycloakServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);

    private final URI url;
    private final ServerProcess process;
    private final AdminApi admin;
    private final URI management;

    private KeycloakServer(URI url, URI management, ServerProcess process) {
        this.url = url;
        this.management = management;
        this.process = process;
        this.admin = new AdminApi(url);
    }

    /**
     * Starts a server in a directory of its own below the build directory.
     *
     * @param providers JARs to put into {@code providers/}
     * @param database the {@code KC_DB…} variables
     */
    static KeycloakServer start(String name, List<Path> providers, Map<String, String> database) {
        Path directory = directory(name);
        Distribution distribution = Distribution.create(directory.resolve("keycloak"), providers);
        return launch(name, distribution, database, "start-dev");
    }

    /** Starts one node of a cluster from a distribution that has been built for the database; the other nodes share it. */
    static KeycloakServer startNode(String name, Distribution distribution, Map<String, String> database) {
        Map<String, String> environment = new HashMap<>(database);
        environment.put("KC_HTTP_ENABLED", "true");
        environment.put("KC_CACHE", "ispn");
        environment.put("KC_CACHE_EMBEDDED_NETWORK_BIND_ADDRESS", "127.0.0.1");
        return launch(name, distribution, environment, "start", "--optimized");
    }

    static Path directory(String name) {
        return Settings.target().resolve("it").resolve(name);
    }

    private static KeycloakServer launch(
            String name, Distribution distribution, Map<String, String> settings, String... command) {
        int port = Ports.free();
        int managementPort = Ports.free();
        URI url = URI.create("http://localhost:" + port);

        Map<String, String> environment = new HashMap<>(settings);
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", AdminApi.USER);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", AdminApi.PASSWORD);
        environment.put("KC_HTTP_HOST", "127.0.0.1");
        environment.put("KC_HTTP_PORT", Integer.toString(port));
        environment.put("KC_HTTP_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("KC_HOSTNAME", url.toString());
        environment.put("KC_HEALTH_ENABLED", "true");
        environment.put("KC_METRICS_ENABLED", "true");
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx700m");
        // Without the optimising compiler a server needs 18 s of CPU time to be ready instead of 31 s.
        environment.put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");

        ServerProcess process = ServerProcess.start(
                "Keycloak " + name,
                distribution.home(),
                directory(name).resolve("keycloak.log"),
                environment,
                Stream.concat(Stream.of(distribution.startScript()), Stream.of(command))
                        .toList());
        process.awaitReady(START, new Readiness(managementPort));
        return new KeycloakServer(url, URI.create("http://127.0.0.1:" + managementPort), process);
    }

    /** The base URL, without a slash at the end. */
    public URI url() {
        return url;
    }

    /** The URL of a path that begins with a slash. */
    public URI url(String path) {
        return url.resolve(path);
    }

    /** What a monitoring system reads. */
    public String metrics() {
        return Http.get(management.resolve("/metrics")).expect(200).body();
    }

    public AdminApi admin() {
        return admin;
    }

    /** Everything the server has logged so far. */
    public String log() {
        try {
            return Files.readString(process.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
