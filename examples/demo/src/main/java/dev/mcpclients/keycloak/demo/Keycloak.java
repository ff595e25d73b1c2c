package dev.mcpclients.keycloak.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The demo's Keycloak: development mode on loopback, with our JARs and the imported realm. */
final class Keycloak {

    private static final Duration START = Duration.ofMinutes(5);

    private final DemoSettings settings;

    Keycloak(DemoSettings settings) {
        this.settings = settings;
    }

    /** Starts the server and waits until it is ready. */
    ServerProcess start() {
        try {
            install(settings.providers(), settings.keycloak().resolve("providers"));
            Path imports = Files.createDirectories(settings.data().resolve("import"));
            Files.copy(settings.realm(), imports.resolve("mcp-realm.json"), StandardCopyOption.REPLACE_EXISTING);
            rememberResource();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int managementPort = Ports.free();
        ServerProcess process = ServerProcess.start(
                "Keycloak",
                settings.keycloak(),
                settings.log(),
                environment(managementPort),
                List.of(startScript(settings.keycloak()), "start-dev", "--import-realm"));
        process.awaitReady(START, new Readiness(managementPort));
        return process;
    }

    /** The script that starts the server of an unpacked distribution on this operating system. */
    private static String startScript(Path keycloak) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return keycloak.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh").toString();
    }

    /** The MCP server that an earlier run made the realm for, if it is not the one of this run. */
    Optional<String> otherResource() {
        try {
            Path remembered = resourceFile();
            return Files.exists(remembered)
                    ? Optional.of(Files.readString(remembered))
                            .filter(url -> !url.equals(settings.mcpUrl().toString()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment(int managementPort) {
        return Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                "admin",
                "KC_HTTP_HOST",
                "127.0.0.1",
                "KC_HTTP_PORT",
                Integer.toString(settings.keycloakPort()),
                "KC_HTTP_MANAGEMENT_PORT",
                Integer.toString(managementPort),
                "KC_HOSTNAME",
                settings.keycloakUrl().toString(),
                "KC_HEALTH_ENABLED",
                "true",
                "MCP_RESOURCE_URL",
                settings.mcpUrl().toString());
    }

    private void rememberResource() throws IOException {
        Files.writeString(resourceFile(), settings.mcpUrl().toString());
    }

    private Path resourceFile() {
        return settings.data().resolve("mcp-resource-url");
    }

    /** Replaces the JARs of an earlier run. */
    private static void install(Path from, Path to) throws IOException {
        for (Path jar : jars(to)) {
            Files.delete(jar);
        }
        for (Path jar : jars(from)) {
            Files.copy(jar, to.resolve(jar.getFileName()));
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }
}
