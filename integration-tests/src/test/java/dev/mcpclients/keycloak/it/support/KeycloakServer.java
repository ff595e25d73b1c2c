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
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A running Keycloak on loopback ports of its own. */
public final class KeycloakServer implements AutoCloseable {

    static final Duration START = Duration.ofMinutes(4);

    private final URI url;
    private final URI inside;
    private final Host host;
    private final AdminApi admin;
    private final URI management;

    /** What the server runs in. */
    private interface Host {

        /** Ends the server and starts it again on the same ports and data. */
        void restart();

        String log();

        void close();
    }

    private KeycloakServer(URI url, URI management, Host host) {
        this(url, url, management, host);
    }

    private KeycloakServer(URI url, URI inside, URI management, Host host) {
        this.url = url;
        this.inside = inside;
        this.management = management;
        this.host = host;
        this.admin = new AdminApi(url);
    }

    /** A server that somebody else started, with the bootstrap admin of the tests, and that he knows to restart. */
    public static KeycloakServer at(URI url, Runnable restart) {
        return at(url, url, restart);
    }

    /** The same behind a proxy. */
    static KeycloakServer at(URI url, URI inside, Runnable restart) {
        return new KeycloakServer(url, inside, url, new Host() {
            @Override
            public void restart() {
                restart.run();
            }

            @Override
            public String log() {
                throw new UnsupportedOperationException("The log is with whoever started the server");
            }

            @Override
            public void close() {
                // Whoever started it ends it.
            }
        });
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
        int port = Ports.free();
        int managementPort = Ports.free();
        URI url = URI.create("http://localhost:" + port);
        Map<String, String> environment = environment(port, managementPort, url);
        environment.putAll(database);
        environment.put("KC_HEALTH_ENABLED", "true");
        environment.put("KC_METRICS_ENABLED", "true");
        return new KeycloakServer(
                url,
                management(managementPort),
                new Launched(() -> {}, () -> launch(name, distribution, environment, managementPort, "start-dev")));
    }

    /** Starts one node of a cluster from a distribution that has been built for the database; the other nodes share it. */
    static KeycloakServer startNode(String name, Distribution distribution, Map<String, String> database) {
        int port = Ports.free();
        int managementPort = Ports.free();
        URI url = URI.create("http://localhost:" + port);
        Map<String, String> environment = environment(port, managementPort, url);
        environment.putAll(database);
        environment.put("KC_HEALTH_ENABLED", "true");
        environment.put("KC_METRICS_ENABLED", "true");
        environment.put("KC_HTTP_ENABLED", "true");
        environment.put("KC_CACHE", "ispn");
        environment.put("KC_CACHE_EMBEDDED_NETWORK_BIND_ADDRESS", "127.0.0.1");
        return new KeycloakServer(
                url,
                management(managementPort),
                new Launched(
                        () -> {},
                        () -> launch(name, distribution, environment, managementPort, "start", "--optimized")));
    }

    static Path directory(String name) {
        return Settings.target().resolve("it").resolve(name);
    }

    private static URI management(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    static Map<String, String> environment(int port, int managementPort, URI url) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", AdminApi.USER);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", AdminApi.PASSWORD);
        environment.put("KC_HTTP_HOST", "127.0.0.1");
        environment.put("KC_HTTP_PORT", Integer.toString(port));
        environment.put("KC_HTTP_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("KC_HOSTNAME", url.toString());
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx700m");
        // Without the optimising compiler a server needs 18 s of CPU time to be ready instead of 31 s.
        environment.put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        return environment;
    }

    static ServerProcess launch(
            String name,
            Distribution distribution,
            Map<String, String> environment,
            int managementPort,
            String... arguments) {
        List<String> command = Stream.concat(Stream.of(distribution.startScript()), Stream.of(arguments))
                .toList();
        ServerProcess process = ServerProcess.start(
                "Keycloak " + name, distribution.home(), directory(name).resolve("keycloak.log"), environment, command);
        process.awaitReady(START, new Readiness(managementPort));
        return process;
    }

    /** Ends the server and starts it again on the same ports and data. */
    public void restart() {
        host.restart();
    }

    /** The base URL, without a slash at the end. */
    public URI url() {
        return url;
    }

    /** The URL of a path that begins with a slash. */
    public URI url(String path) {
        return url.resolve(path);
    }

    /** The base URL without the proxy, for programs on this computer. */
    public URI inside() {
        return inside;
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
        return host.log();
    }

    @Override
    public void close() {
        host.close();
    }

    /** A process of this computer, and what stands in front of it. */
    private static final class Launched implements Host {

        private final Runnable closeFront;
        private final Supplier<ServerProcess> launcher;
        private ServerProcess process;

        Launched(Runnable closeFront, Supplier<ServerProcess> launcher) {
            this.closeFront = closeFront;
            this.launcher = launcher;
            this.process = launcher.get();
        }

        @Override
        public void restart() {
            process.close();
            process = launcher.get();
        }

        @Override
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
            closeFront.run();
        }
    }
}
