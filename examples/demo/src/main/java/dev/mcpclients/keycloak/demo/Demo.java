package dev.mcpclients.keycloak.demo;

import dev.mcpclients.keycloak.example.ExampleMcpServer;
import dev.mcpclients.keycloak.example.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program behind {@code mvn -Prun}: Keycloak with the extension and the example MCP server, until Ctrl-C. */
public final class Demo {

    /** Held here: a logger that nobody holds forgets its level. */
    private static final Logger LIBRARIES = Logger.getLogger("org.eclipse.jetty");

    private final DemoSettings settings;
    private final Keycloak keycloak;

    private Demo(DemoSettings settings) {
        this.settings = settings;
        this.keycloak = new Keycloak(settings);
    }

    /** With {@code check}, says what is in the way before anything is downloaded; with {@code run}, runs. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Demo demo = new Demo(DemoSettings.fromBuild());
        demo.check();
        if (arguments.length > 0 && arguments[0].equals("run")) {
            demo.run();
        } else {
            demo.announceDownload();
        }
    }

    private void check() {
        checkPort("Keycloak", settings.keycloakPort(), "keycloak.port");
        checkPort("the example MCP server", settings.mcpPort(), "mcp.port");
        keycloak.otherResource().ifPresent(other -> {
            throw new DemoException(
                    ("The realm of an earlier run belongs to the MCP server %s, not to %s. Use the port of"
                                    + " then, or delete %s to start with a fresh realm.")
                            .formatted(other, settings.mcpUrl(), settings.data()));
        });
    }

    private static void checkPort(String who, int port, String property) {
        if (Ports.isTaken(port)) {
            throw new DemoException(
                    "Port %d is taken, and %s needs it. Stop the program that listens there, or choose another port: mvn -Prun -D%s=%d"
                            .formatted(port, who, property, Ports.free()));
        }
    }

    private void announceDownload() {
        if (!Files.exists(settings.download())) {
            say("Downloading Keycloak, about 177 MB; Maven keeps it, so this happens once.");
        }
        if (!Files.exists(settings.keycloak())) {
            say("Unpacking Keycloak to " + settings.keycloak());
        }
    }

    private void run() throws IOException, InterruptedException {
        LIBRARIES.setLevel(Level.WARNING);
        Instant begin = Instant.now();
        say("Starting Keycloak on " + settings.keycloakUrl() + ", in half a minute or so. Its log: " + settings.log());
        try (ServerProcess server = keycloak.start();
                ExampleMcpServer mcpServer =
                        ExampleMcpServer.start(Settings.local(settings.mcpPort(), settings.issuer()))) {
            say("Ready after " + Duration.between(begin, Instant.now()).toSeconds() + " s. The MCP server is "
                    + mcpServer.url());
            System.out.print(NextSteps.text(settings));
            int exit = server.waitFor();
            throw new DemoException("Keycloak ended (exit code " + exit + "); see " + server.log());
        }
    }

    private static void say(String line) {
        System.out.println("[demo] " + line);
    }
}
