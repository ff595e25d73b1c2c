package dev.mcpclients.keycloak.example;

import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** An MCP server that takes access tokens of one authorization server, for itself only. */
public final class ExampleMcpServer implements AutoCloseable {

    private static final EnumSet<DispatcherType> REQUEST = EnumSet.of(DispatcherType.REQUEST);

    private final Server jetty;
    private final McpStatelessSyncServer mcp;
    private final URI url;

    private ExampleMcpServer(Server jetty, McpStatelessSyncServer mcp, URI url) {
        this.jetty = jetty;
        this.mcp = mcp;
        this.url = url;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Settings settings = Settings.fromEnvironment();
        try (ExampleMcpServer server = start(settings)) {
            System.out.printf("MCP server %s, tokens from %s%n", server.url(), settings.issuer());
            server.jetty.join();
        }
    }

    /**
     * Starts the server; the issuer need not be up yet.
     *
     * @throws IOException if the port is taken
     */
    public static ExampleMcpServer start(Settings settings) throws IOException {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.open();
        jetty.addConnector(connector);

        URI resource = settings.resourceOn(connector.getLocalPort());
        HttpServletStatelessServerTransport endpoint = Tools.endpoint();
        McpStatelessSyncServer mcp = Tools.serve(endpoint);
        jetty.setHandler(handler(settings, resource, endpoint));
        LifeCycle.start(jetty);
        return new ExampleMcpServer(jetty, mcp, resource);
    }

    /** The URL to give to an MCP client; it is also the {@code resource} and the {@code aud} of its tokens. */
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        mcp.close();
        LifeCycle.stop(jetty);
    }

    private static ServletContextHandler handler(
            Settings settings, URI resource, HttpServletStatelessServerTransport endpoint) throws IOException {
        AccessTokens tokens = new AccessTokens(settings.issuer(), settings.keys(), resource);
        URI metadata = resource.resolve(MetadataServlet.WELL_KNOWN + resource.getPath());

        ServletContextHandler handler = new ServletContextHandler();
        handler.addFilter(new FilterHolder(new CorsFilter(settings.origins())), "/*", REQUEST);
        handler.addFilter(new FilterHolder(new BearerFilter(tokens, metadata)), Settings.MCP_PATH, REQUEST);
        handler.addServlet(new ServletHolder(endpoint), Settings.MCP_PATH);
        ServletHolder document = new ServletHolder(new MetadataServlet(resource, settings.issuer()));
        handler.addServlet(document, MetadataServlet.WELL_KNOWN);
        handler.addServlet(document, metadata.getPath());
        return handler;
    }
}
