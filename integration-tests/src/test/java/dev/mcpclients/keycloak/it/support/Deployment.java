package dev.mcpclients.keycloak.it.support;

import dev.mcpclients.keycloak.demo.Ports;
import dev.mcpclients.keycloak.demo.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server in the way of {@code docker/Dockerfile} and {@code docker/compose.production.yaml}, without containers: built first, then
 * started optimised on PostgreSQL, behind a reverse proxy with TLS; and the shell of the person who runs it.
 */
public final class Deployment implements AutoCloseable {

    /** What the reverse proxy says every caller's address is. */
    public static final String CALLER = ReverseProxy.CALLER;

    private static final String NAME = "production";

    private final Path directory = KeycloakServer.directory(NAME);
    private final Distribution distribution;
    private final Map<String, String> environment;
    private final ReverseProxy proxy;
    private final int managementPort = Ports.free();
    private final KeycloakServer server;
    private List<String> arguments = List.of();
    private @Nullable ServerProcess process;

    private Deployment(Distribution distribution, Map<String, String> database) {
        this.distribution = distribution;
        int port = Ports.free();
        this.proxy = ReverseProxy.to(port);
        this.environment = KeycloakServer.environment(port, managementPort, proxy.url());
        environment.putAll(database);
        environment.put("KC_HEALTH_ENABLED", "true");
        environment.put("KC_METRICS_ENABLED", "true");
        environment.put("KC_VAULT", "file");
        environment.put("KC_HTTP_ENABLED", "true");
        environment.put("KC_CACHE_EMBEDDED_NETWORK_BIND_ADDRESS", "127.0.0.1");
        this.server = KeycloakServer.at(proxy.url(), URI.create("http://127.0.0.1:" + port), this::restart);
    }

    /** An unpacked distribution with these providers, on a database of its own beside the given one; not built yet. */
    public static Deployment unpacked(Database beside, List<Path> providers) {
        Path home = KeycloakServer.directory(NAME).resolve("keycloak");
        return new Deployment(
                Distribution.create(home, providers), beside.another(NAME).keycloakSettings());
    }

    /** The server, once it is started: at the proxy, where users and clients are. */
    public KeycloakServer server() {
        return server;
    }

    /** The directory of the server. */
    public Path home() {
        return distribution.home();
    }

    /** Runs a command line of the person who runs the server to its end, with more variables such as {@code KC_FEATURES}. */
    public void run(String command, Map<String, String> more) {
        Map<String, String> shell = new HashMap<>(environment);
        shell.put("KEYCLOAK_HOME", home().toString());
        shell.put("PATH", home().resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        shell.putAll(more);
        try (ServerProcess build =
                ServerProcess.start(command, directory, directory.resolve("shell.log"), shell, bash(command))) {
            build.awaitEnd(KeycloakServer.START);
        }
    }

    /** Starts with a command line such as {@code kc.sh start --proxy-headers=xforwarded}, optimised as it was built. */
    public void start(String command) {
        arguments = Stream.concat(Stream.of(command.split(" ")).skip(1), Stream.of("--optimized"))
                .toList();
        launch();
    }

    /** Ends the server; what it knows stays in the database. */
    public void stop() {
        Optional.ofNullable(process).ifPresent(ServerProcess::close);
        process = null;
    }

    private void restart() {
        stop();
        launch();
    }

    private void launch() {
        process = KeycloakServer.launch(
                NAME, distribution, environment, managementPort, arguments.toArray(String[]::new));
    }

    private static List<String> bash(String command) {
        return List.of("bash", "-ec", command);
    }

    /** Puts a file below the directory of the server. */
    public void put(String path, String text) {
        try {
            Path file = home().resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a file where the shell of {@link #run} is. */
    public void download(Path file, String name) {
        try {
            Files.copy(file, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        proxy.close();
    }
}
