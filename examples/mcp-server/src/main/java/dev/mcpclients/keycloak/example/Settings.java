package dev.mcpclients.keycloak.example;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that differs between two installations of the example.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 takes a free one
 * @param resource the URL clients know this server by; it is what the audience of a token must say
 * @param issuer the authorization server whose tokens are accepted
 * @param jwks where that authorization server publishes its keys
 * @param origins the origins of browser clients that may call, besides those on this computer
 */
public record Settings(
        String host, int port, Optional<URI> resource, URI issuer, Optional<URI> jwks, Set<String> origins) {

    /** The path of the MCP endpoint. */
    static final String MCP_PATH = "/mcp";

    /** The scope a token must carry to call tools. */
    static final String SCOPE = "mcp:tools";

    public Settings {
        origins = Set.copyOf(origins);
    }

    /** A server on this computer for the tokens of one issuer. */
    public static Settings local(int port, URI issuer) {
        return new Settings("localhost", port, Optional.empty(), issuer, Optional.empty(), Set.of());
    }

    /** From system properties such as {@code mcp.port} or else environment variables such as {@code MCP_PORT}. */
    public static Settings fromEnvironment() {
        return new Settings(
                value("mcp.host").orElse("localhost"),
                value("mcp.port").map(Integer::valueOf).orElse(9090),
                value("mcp.resource").map(URI::create),
                value("mcp.issuer").map(URI::create).orElseGet(() -> URI.create("http://localhost:8080/realms/mcp")),
                value("mcp.jwks").map(URI::create),
                Arrays.stream(value("mcp.origins").orElse("").split(","))
                        .map(String::trim)
                        .filter(origin -> !origin.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The configured resource URL, or the one that follows from the port really taken. */
    URI resourceOn(int boundPort) {
        return resource.orElseGet(() -> URI.create("http://localhost:" + boundPort + MCP_PATH));
    }

    /** The configured key URL, or the one Keycloak has. */
    URI keys() {
        return jwks.orElseGet(() -> URI.create(issuer + "/protocol/openid-connect/certs"));
    }

    private static Optional<String> value(String property) {
        String variable = property.toUpperCase(Locale.ROOT).replace('.', '_');
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }
}
