package dev.mcpclients.keycloak.registry;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Published in the transaction of a decision; it may still be rolled back.
 *
 * @param rows ids of all rows that the decision holds for: one for each door
 * @param waited how long software waited for it; null where it did not wait
 */
public record SoftwareDecided(
        KeycloakSession session,
        RealmModel realm,
        Action action,
        Software software,
        List<String> rows,
        @Nullable Duration waited)
        implements ProviderEvent {

    public SoftwareDecided {
        rows = List.copyOf(rows);
    }
}
