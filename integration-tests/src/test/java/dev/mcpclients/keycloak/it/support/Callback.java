package dev.mcpclients.keycloak.it.support;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The redirect with which Keycloak answers a client: a code, or an error. */
public record Callback(URI uri) {

    /** The authorization code; fails, showing the redirect, where there is none. */
    public String code() {
        return parameter("code").orElseThrow(() -> new AssertionError("No code: " + uri));
    }

    public Optional<String> error() {
        return parameter("error");
    }

    /** A parameter of the query, decoded. */
    public Optional<String> parameter(String name) {
        String query = uri.getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            int sign = pair.indexOf('=');
            if (sign > 0 && pair.substring(0, sign).equals(name)) {
                return Optional.of(URLDecoder.decode(pair.substring(sign + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }
}
