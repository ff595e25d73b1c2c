package dev.mcpclients.keycloak.it.support;

import dev.mcpclients.keycloak.demo.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * A server directory of its own, made from the unpacked distribution in about a second.
 *
 * <p>The server's libraries, which it only reads, are hard links; what {@code kc.sh build} rewrites is copied.
 */
record Distribution(Path home) {

    private static final Path READ_ONLY = Path.of("lib", "lib");

    static Distribution create(Path home, List<Path> providers) {
        return create(Settings.keycloakHome(), home, providers);
    }

    /** One that {@code kc.sh build} has optimised for production mode on that database, with caches that form a cluster. */
    static Distribution built(Path directory, List<Path> providers, Map<String, String> database) {
        Distribution distribution = create(directory.resolve("keycloak"), providers);
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
            build.awaitEnd(KeycloakServer.START);
        }
        return distribution;
    }

    /** The same once more, as it has been built. */
    Distribution copiedTo(Path other) {
        return create(home, other, List.of());
    }

    private static Distribution create(Path from, Path home, List<Path> providers) {
        try {
            FileUtils.deleteDirectory(home.toFile());
            copy(from, home);
            for (Path provider : providers) {
                Files.copy(provider, home.resolve("providers").resolve(provider.getFileName()));
            }
            return new Distribution(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String startScript() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return home.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh").toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = from.relativize(file);
                if (relative.startsWith(READ_ONLY)) {
                    link(file, to.resolve(relative));
                } else {
                    Files.copy(file, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void link(Path file, Path to) throws IOException {
        try {
            Files.createLink(to, file);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
