package dev.mcpclients.keycloak.example;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/**
 * Lets MCP clients that run in a browser read the answers, the challenge in them included.
 *
 * <p>Clients in web pages on this computer (the MCP Inspector) are welcome, others by setting. "Servers MUST validate
 * the Origin header on all incoming connections to prevent DNS rebinding attacks" (MCP transports, Streamable HTTP).
 */
final class CorsFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> origins;

    CorsFilter(Set<String> origins) {
        this.origins = origins;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            chain.doFilter(request, response);
        } else if (!isAllowed(origin)) {
            response.setStatus(403);
        } else {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Vary", "Origin");
            response.setHeader("Access-Control-Expose-Headers", "WWW-Authenticate, Mcp-Session-Id, Retry-After");
            if (isPreflight(request)) {
                preflight(response);
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    /** A preflight never carries the token (Fetch standard, CORS-preflight fetch), so it must not meet the check. */
    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }

    private static void preflight(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE");
        // The wildcard covers the headers of MCP versions to come, but never Authorization.
        response.setHeader(
                "Access-Control-Allow-Headers",
                "Authorization, Accept, Content-Type, Last-Event-ID, MCP-Protocol-Version, Mcp-Session-Id, *");
        response.setHeader("Access-Control-Max-Age", "600");
        response.setStatus(204);
    }

    private boolean isAllowed(String origin) {
        return origins.contains(origin) || isLoopback(origin);
    }

    private static boolean isLoopback(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && LOOPBACK.contains(host);
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }
}
