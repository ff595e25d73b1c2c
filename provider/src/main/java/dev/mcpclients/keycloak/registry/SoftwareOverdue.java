package dev.mcpclients.keycloak.registry;

import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Published in the transaction that notes a reminder, at most once a day for each realm.
 *
 * @param count how much software has waited too long
 * @param oldest of it, the first few
 */
public record SoftwareOverdue(KeycloakSession session, RealmModel realm, int count, List<Software> oldest)
        implements ProviderEvent {

    public SoftwareOverdue {
        oldest = List.copyOf(oldest);
    }
}
