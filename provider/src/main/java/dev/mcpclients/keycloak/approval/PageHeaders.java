package dev.mcpclients.keycloak.approval;

import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;

/**
 * The security headers of a page on which a person decides: the realm's, but never in a frame, whatever the realm allows for its login.
 * RFC 6749 section 10.13: a page that is shown in a frame can be clicked unseen.
 */
public final class PageHeaders {

    /** For pages with Keycloak's own layout, which needs its scripts; redirects to clients forbid {@code form-action}. */
    private static final String UNFRAMED = "frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

    /** The page with the realm's own policy, narrowed: of two policies both hold. */
    public static Response unframed(KeycloakSession session, Response page) {
        return with(session, page)
                .header(BrowserSecurityHeaders.CONTENT_SECURITY_POLICY.getHeaderName(), UNFRAMED)
                .build();
    }

    /** The page with a policy of its own. */
    public static Response of(KeycloakSession session, Response page, String policy) {
        String name = BrowserSecurityHeaders.CONTENT_SECURITY_POLICY.getHeaderName();
        return with(session, page).header(name, null).header(name, policy).build();
    }

    /** Keycloak 26.7 would put the realm's headers in place of ours, so ours are all there are. */
    private static Response.ResponseBuilder with(KeycloakSession session, Response page) {
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        Map<String, String> realm = session.getContext().getRealm().getBrowserSecurityHeaders();
        Response.ResponseBuilder response = Response.fromResponse(page);
        for (BrowserSecurityHeaders header : BrowserSecurityHeaders.values()) {
            String value = realm.getOrDefault(header.getKey(), header.getDefaultValue());
            if (value != null && !value.isEmpty()) {
                response.header(header.getHeaderName(), value);
            }
        }
        String frames = BrowserSecurityHeaders.X_FRAME_OPTIONS.getHeaderName();
        return response.header(frames, null).header(frames, "DENY");
    }

    private PageHeaders() {}
}
