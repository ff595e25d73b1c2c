package dev.mcpclients.keycloak.setup;

import java.io.IOException;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * What one step has to remember to be taken back: a realm attribute {@code mcp.setup.<step>}, which realm exports carry.
 *
 * @param <T> a record that Jackson reads and writes
 */
final class Memory<T> {

    private static final String PREFIX = "mcp.setup.";

    private final RealmModel realm;
    private final String attribute;
    private final Class<T> type;

    Memory(RealmModel realm, String step, Class<T> type) {
        this.realm = realm;
        this.attribute = PREFIX + step;
        this.type = type;
    }

    Optional<T> read() {
        String json = realm.getAttribute(attribute);
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonSerialization.readValue(json, type));
        } catch (IOException e) {
            throw new SetupRefused("realm attribute " + attribute + " is not what setup wrote: remove it by hand");
        }
    }

    void write(T value) {
        realm.setAttribute(attribute, JsonSerialization.valueAsString(value));
    }

    void forget() {
        realm.removeAttribute(attribute);
    }
}
