package dev.mcpclients.keycloak.resource;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds the MCP servers of a realm. */
public final class McpServers {

    /** The client attribute that makes a Keycloak client a resource; Keycloak's own {@code resource-indicators} uses it too. */
    public static final String RESOURCE_URL = "resource_url";

    /** The client attribute that, set to {@code false}, keeps dynamic clients away from a resource. */
    public static final String OPEN = "mcp.resource.open";

    /** The client attribute with the evidence that software needs for a resource: {@code none}, {@code domain} or {@code known}. */
    public static final String MINIMUM_EVIDENCE = "mcp.resource.minimum-evidence";

    private static final KnownUrls KNOWN = new KnownUrls();

    private final KeycloakSession session;

    public McpServers(KeycloakSession session) {
        this.session = session;
    }

    /** The enabled MCP server with this URL, open to dynamic clients or not. At most two statements, none where it was found before. */
    public Optional<McpServer> byUrl(RealmModel realm, String url) {
        return clientByUrl(realm, url).flatMap(client -> server(realm, client));
    }

    /** The enabled MCP server that this Keycloak client stands for. No statement where the client is cached. */
    public Optional<McpServer> byClient(RealmModel realm, String clientUuid) {
        return Optional.ofNullable(realm.getClientById(clientUuid))
                .filter(ClientModel::isEnabled)
                .filter(client -> client.getAttribute(RESOURCE_URL) != null)
                .flatMap(client -> server(realm, client));
    }

    /** The MCP servers open to dynamic clients, by client id. One statement. */
    public List<McpServer> open(RealmModel realm) {
        return marked(realm)
                .filter(McpServers::isOpen)
                .flatMap(client -> server(realm, client).stream())
                .sorted(Comparator.comparing(McpServer::clientId))
                .toList();
    }

    /** Whether dynamic clients may get tokens for this resource. */
    public static boolean isOpen(ClientModel resource) {
        return resource.isEnabled() && !"false".equals(resource.getAttribute(OPEN));
    }

    /** Whether this client of ours may get tokens for this resource: the resource is open, and asks for no more evidence than there is. */
    public static boolean isOpenTo(ClientModel resource, ClientModel client) {
        return isOpen(resource) && !ClientAttributes.evidenceOf(client).isBelow(minimumEvidence(resource));
    }

    /** What cannot be read asks for the most. */
    private static Evidence minimumEvidence(ClientModel resource) {
        String minimum = resource.getAttribute(MINIMUM_EVIDENCE);
        return minimum == null || minimum.isBlank()
                ? Evidence.NONE
                : Evidence.of(minimum.trim()).orElse(Evidence.KNOWN);
    }

    /** Whether this client is enabled and stands for the resource with this URL. No statement where the client is cached. */
    static boolean isAt(@Nullable ClientModel resource, String url) {
        return resource != null
                && resource.isEnabled()
                && resource.getAttribute(RESOURCE_URL) != null
                && ResourceUrl.same(resource.getAttribute(RESOURCE_URL), url);
    }

    private Optional<ClientModel> clientByUrl(RealmModel realm, String url) {
        Optional<ClientModel> found = KNOWN.clientUuid(realm.getId(), url)
                .map(realm::getClientById)
                .filter(client -> isAt(client, url))
                .or(() -> Optional.ofNullable(realm.getClientByClientId(url)).filter(client -> isAt(client, url)))
                .or(() -> marked(realm).filter(client -> isAt(client, url)).findFirst());
        found.ifPresent(client -> KNOWN.put(realm.getId(), url, client.getId()));
        return found;
    }

    private static Optional<McpServer> server(RealmModel realm, ClientModel client) {
        String name = client.getName();
        Set<ClientScopeModel> scopes = ownScopes(realm, client);
        return ResourceUrl.parse(client.getAttribute(RESOURCE_URL))
                .map(url -> new McpServer(
                        client.getId(),
                        client.getClientId(),
                        url.uri(),
                        name == null || name.isBlank() ? client.getClientId() : name,
                        scopes.stream().map(ClientScopeModel::getId).collect(Collectors.toSet()),
                        scopes.stream().map(ClientScopeModel::getName).collect(Collectors.toCollection(TreeSet::new))));
    }

    /** What the realm gives to every new client says nothing about this server. */
    private static Set<ClientScopeModel> ownScopes(RealmModel realm, ClientModel client) {
        Set<String> ofEveryClient = Stream.concat(
                        realm.getDefaultClientScopesStream(true), realm.getDefaultClientScopesStream(false))
                .map(ClientScopeModel::getId)
                .collect(Collectors.toSet());
        return Stream.concat(
                        client.getClientScopes(true).values().stream(), client.getClientScopes(false).values().stream())
                .filter(scope -> !ofEveryClient.contains(scope.getId()))
                .collect(Collectors.toSet());
    }

    /** By name of the attribute, which is indexed; the URLs are compared here because no database compares them by RFC 3986. */
    private Stream<ClientModel> marked(RealmModel realm) {
        return MarkedClients.with(session, realm, RESOURCE_URL);
    }
}
