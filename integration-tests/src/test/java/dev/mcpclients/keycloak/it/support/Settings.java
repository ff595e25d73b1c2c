package dev.mcpclients.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the build tells the tests: where things lie and what must not be skipped. */
public final class Settings {

    private Settings() {}

    /** The build directory; everything the tests write goes below it. */
    public static Path target() {
        return Path.of(property("it.target"));
    }

    /** The unpacked server distribution; no server runs in place, see {@link Distribution}. */
    public static Path keycloakHome() {
        return Path.of(property("it.keycloak.home"));
    }

    /** The version of the server under test, such as {@code 26.7.3}. */
    public static String keycloakVersion() {
        return property("it.keycloak.version");
    }

    /** Our JARs, as an admin would copy them into {@code providers/}. */
    public static List<Path> ourJars() {
        try (Stream<Path> files = Files.list(Path.of(property("it.providers")))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The realm that people import, {@code realm-config/mcp-realm.json}. */
    public static Path realmFile() {
        return Path.of(property("it.realm"));
    }

    /** The pages that people read. */
    public static Path docs() {
        return realmFile().resolveSibling("..").resolve("docs").normalize();
    }

    /** The folder with the drivers of the npm clients. */
    public static Path clients() {
        return Path.of(property("it.clients"));
    }

    /** The folder with what real clients send, one file each. */
    public static Path fixtures() {
        return Path.of(property("it.fixtures"));
    }

    /** Whether a missing Chromium or Node fails a test instead of skipping it: {@code MCP_REQUIRE_ALL=true}, as in CI. */
    public static boolean requireAll() {
        return Boolean.parseBoolean(
                Optional.ofNullable(System.getProperty("mcp.require.all")).orElse(System.getenv("MCP_REQUIRE_ALL")));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("System property " + name + " is missing: run the tests through Maven");
        }
        return value;
    }
}
