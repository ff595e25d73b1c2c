package dev.mcpclients.keycloak.registry;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.cache.CacheRealmProvider;

/** Keycloak's cache of clients, where it does not notice by itself that a client is changed. */
public final class ClientCache {

    /**
     * Lets the whole cluster read the client anew once the transaction is committed. A session that has made or removed a client,
     * role or client scope of a realm gets that realm's clients past the cache from then on, and changes to those leave the cached
     * client as it was (Keycloak 26.7, {@code RealmCacheSession.getClientById}).
     */
    public static void forget(KeycloakSession session, ClientModel client) {
        CacheRealmProvider cache = session.getProvider(CacheRealmProvider.class);
        if (cache != null) {
            cache.registerClientInvalidation(
                    client.getId(), client.getClientId(), client.getRealm().getId());
        }
    }

    private ClientCache() {}
}
