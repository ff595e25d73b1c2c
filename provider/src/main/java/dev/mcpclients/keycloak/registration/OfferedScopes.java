package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.resource.McpServer;
import dev.mcpclients.keycloak.resource.McpServers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * The scopes of a dynamic client, which do not depend on what it asks for.
 *
 * @param defaults the realm's default scopes; not {@code offline_access}, which nobody could then decline
 * @param optionals those of the open resources, profile, email and offline_access
 */
public record OfferedScopes(List<ClientScopeModel> defaults, List<ClientScopeModel> optionals) {

    private static final Set<String> STANDARD =
            Set.of(OAuth2Constants.SCOPE_PROFILE, OAuth2Constants.SCOPE_EMAIL, OAuth2Constants.OFFLINE_ACCESS);

    /** For clients that keep the scopes they have. */
    static final OfferedScopes NONE = new OfferedScopes(List.of(), List.of());

    public OfferedScopes {
        defaults = List.copyOf(defaults);
        optionals = List.copyOf(optionals);
    }

    /** The scopes of this realm now; one statement, for its resources. */
    public static OfferedScopes of(KeycloakSession session, RealmModel realm) {
        Map<String, ClientScopeModel> optionals = new LinkedHashMap<>();
        for (McpServer server : new McpServers(session).open(realm)) {
            for (String id : server.scopeIds()) {
                ClientScopeModel scope = realm.getClientScopeById(id);
                if (scope != null) {
                    optionals.put(scope.getId(), scope);
                }
            }
        }
        realm.getClientScopesStream()
                .filter(scope -> STANDARD.contains(scope.getName()))
                .forEach(scope -> optionals.put(scope.getId(), scope));
        List<ClientScopeModel> defaults = realm.getDefaultClientScopesStream(true)
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .filter(scope -> !OAuth2Constants.OFFLINE_ACCESS.equals(scope.getName()))
                .toList();
        defaults.forEach(scope -> optionals.remove(scope.getId()));
        return new OfferedScopes(defaults, new ArrayList<>(optionals.values()));
    }

    /** Names that make sense in a {@code scope} parameter: openid, and whatever shows in a token. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        names.add(OAuth2Constants.SCOPE_OPENID);
        defaults.stream()
                .filter(ClientScopeModel::isIncludeInTokenScope)
                .map(ClientScopeModel::getName)
                .forEach(names::add);
        optionals.stream().map(ClientScopeModel::getName).forEach(names::add);
        return names;
    }

    /** The same names for a client that exists. */
    static Set<String> attachedTo(ClientModel client) {
        return new OfferedScopes(
                        List.copyOf(client.getClientScopes(true).values()),
                        List.copyOf(client.getClientScopes(false).values()))
                .names();
    }
}
