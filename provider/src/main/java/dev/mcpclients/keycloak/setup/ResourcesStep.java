package dev.mcpclients.keycloak.setup;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.ClientCache;
import dev.mcpclients.keycloak.resource.McpServers;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/** Makes the Keycloak clients that stand for MCP servers, and the client scopes that may be asked for there. */
final class ResourcesStep implements Step {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final List<SetupRequest.Resource> resources;
    private final McpServers servers;
    private final Memory<Made> memory;

    /** Internal ids of what was made, and what was added to clients that were there before. */
    record Made(List<String> clients, List<String> scopes, List<Attached> attached, List<String> marked) {

        Made {
            clients = new ArrayList<>(clients);
            scopes = new ArrayList<>(scopes);
            attached = new ArrayList<>(attached);
            marked = new ArrayList<>(marked);
        }
    }

    /** A scope given to a client. */
    record Attached(String client, String scope) {}

    ResourcesStep(KeycloakSession session, RealmModel realm, List<SetupRequest.Resource> resources) {
        this.session = session;
        this.realm = realm;
        this.resources = resources;
        this.servers = new McpServers(session);
        this.memory = new Memory<>(realm, id(), Made.class);
    }

    @Override
    public String id() {
        return "resources";
    }

    @Override
    public String what() {
        return resources.isEmpty()
                ? "no MCP server named: clients and client scopes stay as they are"
                : resources.stream()
                        .map(resource -> resource.url() + " with the scopes " + resource.scopes())
                        .collect(Collectors.joining(", ", "MCP servers as clients with resource_url: ", ""));
    }

    @Override
    public boolean isDone() {
        return resources.stream().allMatch(resource -> {
            ClientModel client = client(resource);
            return client != null
                    && client.getAttribute(McpServers.RESOURCE_URL) != null
                    && attachedNames(client).containsAll(resource.scopes());
        });
    }

    @Override
    public void apply() {
        Made made = memory.read().orElse(new Made(List.of(), List.of(), List.of(), List.of()));
        resources.forEach(resource -> add(resource, made));
        memory.write(made);
    }

    private void add(SetupRequest.Resource resource, Made made) {
        ClientModel found = client(resource);
        ClientModel client = found == null ? make(resource) : found;
        if (found == null) {
            made.clients().add(client.getId());
        } else if (found.getAttribute(McpServers.RESOURCE_URL) == null) {
            made.marked().add(client.getId());
        }
        if (client.getAttribute(McpServers.RESOURCE_URL) == null) {
            client.setAttribute(McpServers.RESOURCE_URL, resource.url());
            ClientCache.forget(session, client);
        }
        Set<String> attached = attachedNames(client);
        for (String name : resource.scopes()) {
            if (!attached.contains(name)) {
                ClientScopeModel scope = scope(name, resource, made);
                client.addClientScope(scope, false);
                made.attached().add(new Attached(client.getId(), scope.getId()));
            }
        }
    }

    private ClientModel make(SetupRequest.Resource resource) {
        ClientModel client = realm.addClient(resource.url());
        client.setName(resource.displayName());
        client.setDescription(
                "An MCP server: dynamic clients get tokens for its resource_url, with the scopes attached here");
        client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        client.getClientScopes(true).values().forEach(client::removeClientScope);
        client.getClientScopes(false).values().forEach(client::removeClientScope);
        realm.getClientScopesStream()
                .filter(scope -> scope.getName().equals("basic"))
                .forEach(scope -> client.addClientScope(scope, true));
        client.setEnabled(true);
        client.setPublicClient(false);
        client.setClientAuthenticatorType("client-secret");
        client.setStandardFlowEnabled(false);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setFullScopeAllowed(false);
        KeycloakModelUtils.generateSecret(client);
        return client;
    }

    private ClientScopeModel scope(String name, SetupRequest.Resource resource, Made made) {
        return realm.getClientScopesStream()
                .filter(scope -> scope.getName().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    ClientScopeModel scope = realm.addClientScope(name);
                    scope.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
                    scope.setDescription(name + " at " + resource.displayName());
                    scope.setDisplayOnConsentScreen(true);
                    scope.setConsentScreenText(name + " at " + resource.displayName());
                    scope.setIncludeInTokenScope(true);
                    made.scopes().add(scope.getId());
                    return scope;
                });
    }

    @Override
    public boolean isUndoable() {
        return memory.read().isPresent();
    }

    @Override
    public void undo() {
        memory.read().ifPresent(made -> {
            made.attached().forEach(this::detach);
            made.clients().stream()
                    .map(realm::getClientById)
                    .filter(Objects::nonNull)
                    .forEach(client -> new ClientManager(new RealmManager(session)).removeClient(realm, client));
            made.marked().stream()
                    .map(realm::getClientById)
                    .filter(Objects::nonNull)
                    .forEach(this::unmark);
            made.scopes().stream().filter(scope -> !isUsedByOthers(scope)).forEach(realm::removeClientScope);
        });
        memory.forget();
    }

    private void unmark(ClientModel client) {
        client.removeAttribute(McpServers.RESOURCE_URL);
        ClientCache.forget(session, client);
    }

    private void detach(Attached attached) {
        ClientModel client = realm.getClientById(attached.client());
        ClientScopeModel scope = realm.getClientScopeById(attached.scope());
        if (client != null && scope != null) {
            client.removeClientScope(scope);
        }
    }

    /** Whether a client that is neither registered software nor an MCP server has the scope: somebody gave it that since. */
    private boolean isUsedByOthers(String scope) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        long others = em.createQuery(
                        "select count(m) from ClientScopeClientMappingEntity m where m.clientScopeId = :scope and m.clientId not in"
                                + " (select a.client.id from ClientAttributeEntity a where a.name in :ours)",
                        Long.class)
                .setParameter("scope", scope)
                .setParameter("ours", List.of(ClientAttributes.SOFTWARE, McpServers.RESOURCE_URL))
                .getSingleResult();
        return others > 0;
    }

    /** The client that is there already. Who registers with a token at a door of Keycloak's own chooses its id, and knows its secret. */
    private @Nullable ClientModel client(SetupRequest.Resource resource) {
        ClientModel found = servers.byUrl(realm, resource.url())
                .map(server -> realm.getClientById(server.clientUuid()))
                .orElseGet(() -> realm.getClientByClientId(resource.url()));
        if (found != null && ClientAttributes.isMcpClient(found)) {
            throw new SetupRefused("resources: the client " + found.getClientId() + " is registered software");
        }
        return found;
    }

    private static Set<String> attachedNames(ClientModel client) {
        return java.util.stream.Stream.concat(
                        client.getClientScopes(true).keySet().stream(), client.getClientScopes(false).keySet().stream())
                .collect(Collectors.toSet());
    }
}
