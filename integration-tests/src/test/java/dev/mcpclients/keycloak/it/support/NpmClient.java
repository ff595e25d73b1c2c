package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run of a driver in {@code src/clients}: an MCP client that somebody else wrote, and the lines it said. */
public record NpmClient(List<JsonNode> lines) {

    private static final long SECONDS = 120;

    public NpmClient {
        lines = List.copyOf(lines);
    }

    /**
     * Runs a driver to its end; skipped where Node or the npm packages are missing.
     *
     * @param browser is given each address that the client would open in a browser
     */
    public static NpmClient run(String driver, URI url, Consumer<URI> browser, String... options) {
        Present.nodeModules();
        Path script = Settings.clients().resolve(driver + ".mjs");
        List<String> command = Stream.concat(
                        Stream.of(Present.node().toString(), script.toString(), url.toString()), Stream.of(options))
                .toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(Settings.target().resolve(driver + ".err").toFile())
                    .start();
            CompletableFuture<?> watchdog = CompletableFuture.runAsync(
                    process::destroy, CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
            try (BufferedReader output = process.inputReader()) {
                return read(output, browser);
            } finally {
                watchdog.cancel(true);
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NpmClient read(BufferedReader output, Consumer<URI> browser) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String text = output.readLine(); text != null; text = output.readLine()) {
            JsonNode line = Json.parse(text);
            lines.add(line);
            if (line.has("authorize")) {
                browser.accept(URI.create(line.path("authorize").asText()));
            }
        }
        return new NpmClient(lines);
    }

    /** What the lines of one kind say, such as {@code tool}, in order. */
    public List<JsonNode> said(String kind) {
        return lines.stream()
                .filter(line -> line.has(kind))
                .map(line -> line.path(kind))
                .toList();
    }

    /** Fails, showing everything the client said, where it did not come to its end. */
    public NpmClient expectDone() {
        if (said("done").isEmpty()) {
            throw new AssertionError("The client said: " + lines);
        }
        return this;
    }
}
