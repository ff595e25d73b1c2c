package dev.mcpclients.keycloak.registry;

import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Published in the transaction of a decision; it may still be rolled back.
 *
 * @param rows ids of all rows that the decision holds for: one for each door
 */
public record SoftwareDecided(
        KeycloakSession session, RealmModel realm, Action action, Software software, List<String> rows)
        implements ProviderEvent {

    public SoftwareDecided {
        rows = List.copyOf(rows);
    }
}
