package dev.mcpclients.keycloak.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.util.JsonSerialization;

/**
 * What an approval is limited to. An empty set limits nothing.
 *
 * @param groups ids of the groups whose members may use the software; members of their subgroups may too
 * @param resources registered URLs of the MCP servers it may get tokens for; a token for none stays possible
 * @param scopes names of the client scopes it may get besides the default scopes that every client of the realm has
 * @param until when the approval ends, null: never
 */
public record Limits(Set<String> groups, Set<String> resources, Set<String> scopes, @Nullable Instant until) {

    /** An approval without limits. */
    public static final Limits NONE = new Limits(Set.of(), Set.of(), Set.of(), null);

    /** What cannot be read allows nothing: an approval that has ended. */
    private static final Limits UNREADABLE = new Limits(Set.of(), Set.of(), Set.of(), Instant.EPOCH);

    private static final String GROUPS = "groups";
    private static final String RESOURCES = "resources";
    private static final String SCOPES = "scopes";
    private static final String UNTIL = "until";

    public Limits {
        groups = Collections.unmodifiableSet(new TreeSet<>(groups));
        resources = Collections.unmodifiableSet(new TreeSet<>(resources));
        scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
    }

    /** Reads what {@link #toJson()} wrote; null stands for no limits. */
    public static Limits of(@Nullable String stored) {
        if (stored == null) {
            return NONE;
        }
        try {
            JsonNode json = JsonSerialization.mapper.readTree(stored);
            JsonNode until = json.path(UNTIL);
            boolean readable = json.isObject()
                    && Stream.of(GROUPS, RESOURCES, SCOPES).allMatch(member -> isTexts(json.path(member)))
                    && (until.isMissingNode() || (until.isIntegralNumber() && until.canConvertToLong()));
            return readable
                    ? new Limits(
                            texts(json.path(GROUPS)),
                            texts(json.path(RESOURCES)),
                            texts(json.path(SCOPES)),
                            until.isMissingNode() ? null : Instant.ofEpochSecond(until.asLong()))
                    : UNREADABLE;
        } catch (IOException | DateTimeException e) {
            return UNREADABLE;
        }
    }

    /** The stored form, which a client carries too; null where nothing is limited. */
    public @Nullable String toJson() {
        return isNone() ? null : json().toString();
    }

    ObjectNode json() {
        ObjectNode json = JsonSerialization.mapper.createObjectNode();
        put(json, GROUPS, groups);
        put(json, RESOURCES, resources);
        put(json, SCOPES, scopes);
        if (until != null) {
            json.put(UNTIL, until.getEpochSecond());
        }
        return json;
    }

    public boolean isNone() {
        return groups.isEmpty() && resources.isEmpty() && scopes.isEmpty() && until == null;
    }

    public boolean isOver(Instant now) {
        return until != null && !now.isBefore(until);
    }

    /** Whether a member of these groups may use the software; for subgroups their ancestors are among them. */
    public boolean allowGroups(Collection<String> groupsWithAncestors) {
        return groups.isEmpty() || !Collections.disjoint(groups, groupsWithAncestors);
    }

    public boolean allowResource(String url) {
        return resources.isEmpty() || resources.contains(url);
    }

    public boolean allowScope(String name) {
        return scopes.isEmpty() || scopes.contains(name);
    }

    /**
     * A scope parameter without what is not allowed; {@code openid} asks for no scope of the realm and stays.
     *
     * @param always names of scopes the client has whatever it asks for
     */
    public String narrowed(String scopeParameter, Collection<String> always) {
        return Arrays.stream(scopeParameter.trim().split("\\s+"))
                .filter(scope ->
                        scope.equals(OAuth2Constants.SCOPE_OPENID) || always.contains(scope) || allowScope(scope))
                .collect(Collectors.joining(" "));
    }

    private static void put(ObjectNode json, String member, Set<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = json.putArray(member);
            values.forEach(array::add);
        }
    }

    /** An empty list would be a limit that limits nothing; it is never written. */
    private static boolean isTexts(JsonNode array) {
        return array.isMissingNode()
                || (array.isArray()
                        && !array.isEmpty()
                        && StreamSupport.stream(array.spliterator(), false).allMatch(JsonNode::isTextual));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
