package dev.mcpclients.keycloak.demo;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where the demo lives.
 *
 * @param keycloakPort the port of Keycloak
 * @param mcpPort the port of the example MCP server
 * @param keycloak the unpacked server distribution
 * @param providers the folder with our JARs
 * @param realm the realm file to import
 * @param download the distribution in the local Maven repository, once it is downloaded
 */
record DemoSettings(int keycloakPort, int mcpPort, Path keycloak, Path providers, Path realm, Path download) {

    /** From the system properties that the build sets. */
    static DemoSettings fromBuild() {
        return new DemoSettings(
                port("keycloak.port"),
                port("mcp.port"),
                Path.of(value("demo.keycloak")),
                Path.of(value("demo.providers")),
                Path.of(value("demo.realm")),
                Path.of(value("demo.download")));
    }

    URI keycloakUrl() {
        return URI.create("http://localhost:" + keycloakPort);
    }

    URI issuer() {
        return keycloakUrl().resolve("/realms/mcp");
    }

    URI mcpUrl() {
        return URI.create("http://localhost:" + mcpPort + "/mcp");
    }

    /** What the server keeps between two runs. */
    Path data() {
        return keycloak.resolve("data");
    }

    Path log() {
        return keycloak.resolveSibling("keycloak.log");
    }

    private static int port(String property) {
        String text = value(property);
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, with the value.
        }
        throw new DemoException("-D" + property + "=" + text + " is not a port");
    }

    private static String value(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new DemoException("The system property " + property + " is missing: start the demo with mvn -Prun");
        }
        return value;
    }
}
