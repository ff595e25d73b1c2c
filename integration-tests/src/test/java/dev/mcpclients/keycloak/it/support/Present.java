package dev.mcpclients.keycloak.it.support;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that a test needs and a machine may lack: without them the test is reported as skipped, or as failed where
 * nothing may be skipped (see {@link Settings#requireAll}).
 */
public final class Present {

    private Present() {}

    /** Chromium or Chrome. */
    public static Path chromium() {
        return program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    }

    /** The driver that comes with Chromium, such as Debian's package {@code chromium-driver}. */
    public static Path chromeDriver() {
        return program("chromedriver");
    }

    /** Node: the one that {@code npm ci} has installed beside the clients, new enough for all of them, or else any. */
    public static Path node() {
        return installed("node-*/bin/node").orElseGet(() -> program("node"));
    }

    /** The npm packages of {@code src/clients}, installed by {@code npm ci}. */
    public static Path nodeModules() {
        Path modules = Settings.clients().resolve("node_modules");
        if (!Files.isDirectory(modules)) {
            missing("The npm packages are not installed: run npm ci in " + Settings.clients());
        }
        return modules;
    }

    /** The script of axe-core, which finds barriers in pages. */
    public static Path axe() {
        Path script = nodeModules().resolve("axe-core").resolve("axe.min.js");
        if (!Files.isRegularFile(script)) {
            missing("axe-core is not installed: run npm ci in " + Settings.clients());
        }
        return script;
    }

    private static Optional<Path> installed(String pattern) {
        Path modules = Settings.clients().resolve("node_modules");
        if (!Files.isDirectory(modules)) {
            return Optional.empty();
        }
        PathMatcher matcher = modules.getFileSystem().getPathMatcher("glob:" + modules + "/" + pattern);
        try (Stream<Path> files = Files.find(modules, 3, (file, attributes) -> matcher.matches(file))) {
            return files.filter(Files::isExecutable).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program(String... names) {
        Optional<Path> found = Arrays.stream(names).flatMap(Present::onPath).findFirst();
        if (found.isEmpty()) {
            missing("No " + String.join(" or ", names) + " on this machine");
        }
        return found.orElseThrow();
    }

    private static Stream<Path> onPath(String name) {
        return Pattern.compile(Pattern.quote(System.getProperty("path.separator")))
                .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable);
    }

    private static void missing(String what) {
        if (Settings.requireAll()) {
            fail(what);
        }
        Assumptions.abort(what);
    }
}
