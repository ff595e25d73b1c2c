package dev.mcpclients.keycloak.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers on this node which Keycloak client a resource URL led to the last time. It is a hint that saves statements: whoever uses
 * it checks the client, which Keycloak caches and keeps true in the whole cluster.
 */
final class KnownUrls {

    private static final int MOST = 1000;

    private final Map<String, String> clientUuids = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    });

    Optional<String> clientUuid(String realmId, String url) {
        return Optional.ofNullable(clientUuids.get(key(realmId, url)));
    }

    void put(String realmId, String url, String clientUuid) {
        clientUuids.put(key(realmId, url), clientUuid);
    }

    private static String key(String realmId, String url) {
        return realmId + ' ' + url;
    }
}
