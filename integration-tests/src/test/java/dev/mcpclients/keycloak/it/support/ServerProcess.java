package dev.mcpclients.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A server in a process of its own: its output goes to a file, and it never outlives the tests. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread killer = new Thread(this::kill);

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts the command; {@code environment} is added to ours, from which all settings of Keycloak are taken out. */
    public static ServerProcess start(
            String name, Path directory, Path log, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("KC_") || key.startsWith("JAVA_"));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            ServerProcess started = new ServerProcess(name, builder.start(), log);
            Runtime.getRuntime().addShutdownHook(started.killer);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server is ready; fails at once, with the end of its log, when it has ended. */
    public void awaitReady(Duration deadline, BooleanSupplier ready) {
        try {
            Await.until(name + " is ready", deadline, () -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException(name + " ended with exit code " + process.exitValue());
                }
                return ready.getAsBoolean();
            });
        } catch (AssertionError | IllegalStateException e) {
            close();
            throw new IllegalStateException(e.getMessage() + "; the end of " + log + ":\n" + tail(), e);
        }
    }

    /** Where the server writes to. */
    public Path log() {
        return log;
    }

    @Override
    public void close() {
        processes().forEach(ProcessHandle::destroy);
        try {
            process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook itself is about to run, and finds nothing left to end.
        }
    }

    private void kill() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    /** The start script and the server it started. */
    private List<ProcessHandle> processes() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    private String tail() {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 40), all.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
