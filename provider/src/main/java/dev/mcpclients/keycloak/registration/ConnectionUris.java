package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.Registration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;

/**
 * Redirect URIs that differ from connection to connection of the same software, as those of ChatGPT do: the catalogue says where
 * the path may differ, so each of them reaches the same vendor.
 */
final class ConnectionUris {

    /** Redirect URIs of connections in the order they came, separated by spaces; Keycloak keeps them as a set. */
    private static final String CONNECTIONS = "mcp.connections";

    private static final int MAX = 100;

    /** Adds those that the shared client lacks; the oldest of too many make room. The client is looked at only where there are any. */
    static void addTo(Supplier<@Nullable ClientModel> shared, Registration registration) {
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
        while (connections.size() > MAX) {
            registered.remove(connections.remove(0));
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
