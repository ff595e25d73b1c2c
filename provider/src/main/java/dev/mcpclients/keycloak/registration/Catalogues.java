package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyManager;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * The catalogue of a realm: the one that comes with this extension, with the entries of both doors. A client is known in a realm or it is
 * not, whichever way it came; where both doors have an entry of one id, that of the anonymous door holds. An entry of a door whose
 * entries cannot be read holds nowhere, as that door is closed.
 */
public final class Catalogues {

    private record Entries(List<String> anonymous, List<String> authenticated) {}

    private static final ReadOnce<Entries, Catalogue> READ =
            new ReadOnce<>(entries -> Catalogue.with(entries.anonymous(), entries.authenticated()));

    public static Catalogue of(RealmModel realm) {
        return READ.get(new Entries(
                readable(realm, RegistrationAuth.ANONYMOUS), readable(realm, RegistrationAuth.AUTHENTICATED)));
    }

    /**
     * The catalogue with the entries of one door.
     *
     * @throws IllegalArgumentException where they cannot be read
     */
    static Catalogue with(List<String> entries) {
        return READ.get(new Entries(List.copyOf(entries), List.of()));
    }

    private static List<String> readable(RealmModel realm, RegistrationAuth door) {
        List<ComponentModel> components =
                RegistrationSettings.components(realm, ClientRegistrationPolicyManager.getComponentTypeKey(door));
        List<String> entries = components.size() == 1
                ? RegistrationSettings.catalogueEntries(components.get(0).getConfig())
                : List.of();
        try {
            with(entries);
            return entries;
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    private Catalogues() {}
}
