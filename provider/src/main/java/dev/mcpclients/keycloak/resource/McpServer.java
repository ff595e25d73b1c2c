package dev.mcpclients.keycloak.resource;

import java.net.URI;
import java.util.Set;

/**
 * An MCP server of a realm: a Keycloak client that carries the attribute {@code resource_url}.
 *
 * @param clientUuid internal id of the Keycloak client that stands for it
 * @param clientId client id of that client; the URL itself where we made it
 * @param url as registered; becomes {@code aud}
 * @param name to show to people: the client's name, else its client id
 * @param scopeIds internal ids of the client scopes a dynamic client may ask for at this server
 * @param scopeNames their names
 */
public record McpServer(
        String clientUuid, String clientId, URI url, String name, Set<String> scopeIds, Set<String> scopeNames) {

    public McpServer {
        scopeIds = Set.copyOf(scopeIds);
        scopeNames = Set.copyOf(scopeNames);
    }
}
