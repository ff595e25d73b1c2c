package dev.mcpclients.keycloak.discovery;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.cors.Cors;

/**
 * Keycloak's CORS answers, with one more header allowed in preflights: browser clients send {@code MCP-Protocol-Version}
 * (MCP 2025-06-18, Streamable HTTP) to the authorization server too. Only in realms that register MCP clients.
 */
final class McpCors implements Cors {

    private static final String PROTOCOL_VERSION = "MCP-Protocol-Version";

    private final KeycloakSession session;
    private final Cors stock;
    private boolean preflight;

    McpCors(KeycloakSession session, Cors stock) {
        this.session = session;
        this.stock = stock;
    }

    @Override
    public void add() {
        stock.add();
        boolean crossOrigin =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(ORIGIN_HEADER) != null;
        if (preflight && crossOrigin && isRegistering()) {
            // A second line of the same list header (RFC 9110 section 5.3); the first one is Keycloak's.
            session.getContext().getHttpResponse().addHeader(ACCESS_CONTROL_ALLOW_HEADERS, PROTOCOL_VERSION);
        }
    }

    private boolean isRegistering() {
        RealmModel realm = session.getContext().getRealm();
        if (realm == null) {
            realm = realmOfPath();
        }
        return realm != null && RegistrationSettings.isRegistering(realm);
    }

    /** Preflights of well-known documents reach here before Keycloak resolves the realm. */
    private @Nullable RealmModel realmOfPath() {
        Iterator<PathSegment> segments =
                session.getContext().getUri().getPathSegments().iterator();
        while (segments.hasNext()) {
            if (segments.next().getPath().equals("realms") && segments.hasNext()) {
                return session.realms().getRealmByName(segments.next().getPath());
            }
        }
        return null;
    }

    @Override
    public Cors preflight() {
        preflight = true;
        stock.preflight();
        return this;
    }

    @Override
    public Cors builder(ResponseBuilder builder) {
        stock.builder(builder);
        return this;
    }

    @Override
    public Cors auth() {
        stock.auth();
        return this;
    }

    @Override
    public Cors allowAllOrigins() {
        stock.allowAllOrigins();
        return this;
    }

    @Override
    public Cors checkAllowedOrigins(KeycloakSession keycloakSession, ClientModel client) {
        stock.checkAllowedOrigins(keycloakSession, client);
        return this;
    }

    @Override
    public Cors checkAllowedOrigins(AccessToken token) {
        stock.checkAllowedOrigins(token);
        return this;
    }

    @Override
    public Cors checkAllowedOrigins(List<String> allowedOrigins) {
        stock.checkAllowedOrigins(allowedOrigins);
        return this;
    }

    @Override
    public Cors allowedMethods(String... allowedMethods) {
        stock.allowedMethods(allowedMethods);
        return this;
    }

    @Override
    public Cors exposedHeaders(String... exposedHeaders) {
        stock.exposedHeaders(exposedHeaders);
        return this;
    }

    @Override
    public void close() {}
}
