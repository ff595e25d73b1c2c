package dev.mcpclients.keycloak.example;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/**
 * Lets a request through to the MCP endpoint only with a good access token, and tells everybody else how to get one.
 *
 * <p>Every challenge carries {@code resource_metadata} (RFC 9728 section 5.1), the way from this server to its
 * authorization server, and {@code scope} (RFC 6750 section 3), so that the client asks for what is needed at once.
 */
final class BearerFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient AccessTokens tokens;
    private final String parameters;

    BearerFilter(AccessTokens tokens, URI metadata) {
        this.tokens = tokens;
        this.parameters = "resource_metadata=\"%s\", scope=\"%s\"".formatted(metadata, Settings.SCOPE);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Access access = tokens.check(request.getHeader("Authorization"));
        if (access instanceof Access.Granted granted) {
            request.setAttribute(Caller.ATTRIBUTE, granted.caller());
            chain.doFilter(request, response);
        } else if (access instanceof Access.Anonymous) {
            challenge(response, 401, "Bearer " + parameters);
        } else if (access instanceof Access.Invalid invalid) {
            challenge(response, 401, error("invalid_token", invalid.reason()));
        } else if (access instanceof Access.Insufficient) {
            challenge(response, 403, error("insufficient_scope", "The scope " + Settings.SCOPE + " is needed"));
        } else {
            response.setHeader("Retry-After", "5");
            response.setStatus(503);
        }
    }

    private static void challenge(HttpServletResponse response, int status, String challenge) {
        response.setHeader("WWW-Authenticate", challenge);
        response.setStatus(status);
    }

    /** RFC 6750 section 3: a description is printable ASCII without quotation mark and backslash. */
    private String error(String code, String description) {
        return "Bearer error=\"%s\", error_description=\"%s\", %s"
                .formatted(code, description.replaceAll("[^ !#-\\[\\]-~]", "?"), parameters);
    }
}
