package dev.mcpclients.keycloak.example;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Protected resource metadata (RFC 9728 section 2): who issues the tokens this server takes. */
final class MetadataServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** RFC 9728 section 3.1: this goes between the host and the path of the resource. */
    static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private final byte[] document;

    MetadataServlet(URI resource, URI issuer) {
        this.document = JSONObjectUtils.toJSONString(Map.of(
                        "resource", resource.toString(),
                        "authorization_servers", List.of(issuer.toString()),
                        "scopes_supported", List.of(Settings.SCOPE),
                        "bearer_methods_supported", List.of("header"),
                        "resource_name", "Example MCP server"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(document);
    }
}
