package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalogues of realms by what their configuration says, so that no request reads JSON. */
final class Catalogues {

    private static final int MOST = 100;

    private static final Map<List<String>, Catalogue> READ = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Catalogue> eldest) {
            return size() > MOST;
        }
    };

    /**
     * The catalogue with these entries.
     *
     * @throws IllegalArgumentException where they cannot be read
     */
    static Catalogue with(List<String> entries) {
        if (entries.isEmpty()) {
            return Catalogue.builtIn();
        }
        synchronized (READ) {
            Catalogue read = READ.get(entries);
            if (read == null) {
                read = Catalogue.with(entries);
                READ.put(List.copyOf(entries), read);
            }
            return read;
        }
    }

    private Catalogues() {}
}
