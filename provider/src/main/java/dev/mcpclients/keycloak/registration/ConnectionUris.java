package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.registry.Allowances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Redirect URIs that differ from connection to connection of the same software, as those of ChatGPT do: the catalogue says where
 * the path may differ, so each of them reaches the same vendor.
 */
final class ConnectionUris {

    /** Redirect URIs of connections in the order they came, separated by spaces; Keycloak keeps them as a set. */
    private static final String CONNECTIONS = "mcp.connections";

    /** Of those at which nobody has allowed anything. */
    private static final int MAX = 100;

    /**
     * Adds those that the shared client lacks; the client is looked at only where there are any. The oldest of too many make room, but
     * none that a user came from: anybody can register more.
     */
    static void addTo(KeycloakSession session, Supplier<@Nullable ClientModel> shared, Registration registration) {
        ClientModel client = registration.connectionUris().isEmpty() ? null : shared.get();
        if (client == null) {
            return;
        }
        Set<String> asked = new LinkedHashSet<>();
        registration.connectionUris().forEach(uri -> asked.addAll(uri.registered()));
        Set<String> registered = new LinkedHashSet<>(client.getRedirectUris());
        if (registered.containsAll(asked)) {
            return;
        }
        List<String> connections = new ArrayList<>(stored(client));
        asked.stream().filter(uri -> !connections.contains(uri)).forEach(connections::add);
        if (connections.size() > MAX) {
            List<String> unused = new Allowances(session).unused(client, connections);
            List<String> oldest = unused.subList(0, Math.max(0, unused.size() - MAX));
            connections.removeAll(oldest);
            oldest.forEach(registered::remove);
        }
        registered.addAll(asked);
        client.setRedirectUris(registered);
        client.setAttribute(CONNECTIONS, String.join(" ", connections));
    }

    private static List<String> stored(ClientModel client) {
        String joined = client.getAttribute(CONNECTIONS);
        return joined == null || joined.isEmpty() ? List.of() : Arrays.asList(joined.split(" "));
    }

    private ConnectionUris() {}
}
