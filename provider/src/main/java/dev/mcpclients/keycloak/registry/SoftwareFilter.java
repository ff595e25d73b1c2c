package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Evidence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a list of software is narrowed to.
 *
 * @param name the beginning of the name, in any case
 */
public record SoftwareFilter(
        @Nullable SoftwareState state, @Nullable Door door, @Nullable Evidence evidence, @Nullable String name) {

    /** All software in a state. */
    public static SoftwareFilter in(SoftwareState state) {
        return new SoftwareFilter(state, null, null, null);
    }

    String where() {
        StringBuilder where = new StringBuilder("s.realmId = :realm");
        if (state != null) {
            where.append(" and s.state = :state");
        }
        if (door != null) {
            where.append(" and s.door = :door");
        }
        if (evidence != null) {
            where.append(" and s.evidence = :evidence");
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
        if (evidence != null) {
            parameters.put("evidence", evidence.wire());
        }
        if (name != null) {
            parameters.put("name", SoftwareRegistry.fold(name).replaceAll("([!%_])", "!$1") + "%");
        }
        return parameters;
    }
}
