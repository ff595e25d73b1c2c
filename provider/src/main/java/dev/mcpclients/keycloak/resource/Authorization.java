package dev.mcpclients.keycloak.resource;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one authorization request asks for: the thing a person allows, all of it or nothing.
 *
 * @param user internal id of the user it is asked of
 * @param redirectUri where Keycloak sends the code
 * @param redirectParam the {@code redirect_uri} parameter that the code is bound to; absent where the client sent none
 * @param requestedResource the {@code resource} parameter as sent
 * @param resource registered URL of the MCP server that tokens will be for
 * @param resourceClient internal id of the Keycloak client of that server
 * @param scope the {@code scope} parameter as sent, or empty
 * @param scopes names of the client scopes this resolves to, default scopes included
 */
public record Authorization(
        String user,
        String redirectUri,
        @Nullable String redirectParam,
        @Nullable String requestedResource,
        @Nullable String resource,
        @Nullable String resourceClient,
        String scope,
        Set<String> scopes) {

    public Authorization {
        Objects.requireNonNull(user);
        Objects.requireNonNull(redirectUri);
        Objects.requireNonNull(scope);
        scopes = new TreeSet<>(scopes);
    }
}
