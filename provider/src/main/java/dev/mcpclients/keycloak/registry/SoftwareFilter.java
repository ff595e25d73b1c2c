package dev.mcpclients.keycloak.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a list of software is narrowed to.
 *
 * @param name the beginning of the name, in any case
 */
public record SoftwareFilter(@Nullable SoftwareState state, @Nullable Door door, @Nullable String name) {

    String where() {
        StringBuilder where = new StringBuilder("s.realmId = :realm");
        if (state != null) {
            where.append(" and s.state = :state");
        }
        if (door != null) {
            where.append(" and s.door = :door");
        }
        if (name != null) {
            where.append(" and s.nameFolded like :name escape '!'");
        }
        return where.toString();
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (state != null) {
            parameters.put("state", state.wire());
        }
        if (door != null) {
            parameters.put("door", door.wire());
        }
        if (name != null) {
            parameters.put("name", SoftwareRegistry.fold(name).replaceAll("([!%_])", "!$1") + "%");
        }
        return parameters;
    }
}
