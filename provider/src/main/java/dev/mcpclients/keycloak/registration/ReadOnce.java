package dev.mcpclients.keycloak.registration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was read from configuration, kept by the configuration itself: a change is another key, so nobody has to be told, on no node of a
 * cluster. Bounded; what could not be read is read again.
 *
 * @param <K> configuration, compared by content; it must not change
 * @param <V> what it says
 */
final class ReadOnce<K, V> {

    private static final int MOST = 200;

    private final Function<K, V> reader;
    private final Map<K, V> read = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    };

    ReadOnce(Function<K, V> reader) {
        this.reader = reader;
    }

    V get(K key) {
        synchronized (read) {
            V known = read.get(key);
            if (known != null) {
                return known;
            }
        }
        V value = reader.apply(key);
        synchronized (read) {
            read.put(key, value);
        }
        return value;
    }
}
