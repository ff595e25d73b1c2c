package dev.mcpclients.keycloak.registration;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** The web origin a browser client registers from, allowed on its client so that it reaches token, revocation and userinfo. */
final class BrowserOrigin {

    /** Web origins in the order they came, separated by spaces; Keycloak keeps them as a set. */
    private static final String ORIGINS = "mcp.origins";

    private static final int MAX = 5;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final @Nullable String origin;
    private final RegistrationSettings settings;

    BrowserOrigin(KeycloakSession session, RegistrationSettings settings) {
        this.origin = session.getContext().getHttpRequest().getHttpHeaders().getHeaderString("Origin");
        this.settings = settings;
    }

    /** Adds the origin to the client, which is looked at only where the origin is loopback or on the allow-list; the oldest of too many makes room. */
    void allowOn(Supplier<@Nullable ClientModel> registered) {
        ClientModel client = origin == null || !isAllowed(origin) ? null : registered.get();
        if (client == null) {
            return;
        }
        List<String> origins = new ArrayList<>(stored(client));
        if (origins.contains(origin)) {
            return;
        }
        origins.add(origin);
        if (origins.size() > MAX) {
            origins.remove(0);
        }
        client.setAttribute(ORIGINS, String.join(" ", origins));
        client.setWebOrigins(new LinkedHashSet<>(origins));
    }

    private static List<String> stored(ClientModel client) {
        String joined = client.getAttribute(ORIGINS);
        return joined == null || joined.isEmpty() ? List.of() : Arrays.asList(joined.split(" "));
    }

    private boolean isAllowed(String candidate) {
        return isLoopback(candidate) || settings.allowedOrigins().contains(candidate.toLowerCase(Locale.ROOT));
    }

    static boolean isLoopback(String candidate) {
        return isOrigin(candidate)
                && (candidate.startsWith("http:") || candidate.startsWith("https:"))
                && LOOPBACK.contains(URI.create(candidate).getHost());
    }

    /** RFC 6454 section 6.2: scheme, host and port, nothing else, as browsers send it in lower case. */
    static boolean isOrigin(String candidate) {
        URI uri;
        try {
            uri = URI.create(candidate);
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
        return uri.getHost() != null
                && candidate.equals(
                        uri.getScheme() + "://" + uri.getHost() + (uri.getPort() == -1 ? "" : ":" + uri.getPort()));
    }
}
