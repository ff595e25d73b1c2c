package dev.mcpclients.keycloak.registry;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Published in the transaction of a decision; it may still be rolled back.
 *
 * @param rows ids of all rows that the decision holds for: one for each door
 * @param before the state that it changes
 * @param held limits of the approval that it changes
 * @param waited how long software waited for it; null where it did not wait
 */
public record SoftwareDecided(
        KeycloakSession session,
        RealmModel realm,
        Action action,
        Software software,
        List<String> rows,
        SoftwareState before,
        Limits held,
        @Nullable Duration waited)
        implements ProviderEvent {

    public SoftwareDecided {
        rows = List.copyOf(rows);
    }

    /** Whether it changes anything for a user of these groups who asked for the software or uses it. */
    public boolean concerns(Collection<String> groups) {
        return before == SoftwareState.APPROVED ? held.allowGroups(groups) != lets(groups) : software.state() != before;
    }

    /** Whether such a user may use the software from now on. */
    public boolean lets(Collection<String> groups) {
        return software.state() == SoftwareState.APPROVED && software.limits().allowGroups(groups);
    }
}
