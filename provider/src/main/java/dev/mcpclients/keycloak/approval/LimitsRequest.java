package dev.mcpclients.keycloak.approval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.resource.McpServers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Limits of an approval as people write them, in JSON and in forms. An absent or empty list limits nothing.
 *
 * @param groups paths such as {@code /staff/developers}, or ids
 * @param resources URLs of MCP servers of the realm
 * @param scopes names of client scopes of the realm
 * @param until the last day, {@code 2030-12-31}, in UTC, or the moment it ends, {@code 2030-12-31T12:00:00Z}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LimitsRequest(
        @Nullable List<String> groups,
        @Nullable List<String> resources,
        @Nullable List<String> scopes,
        @Nullable String until) {

    /** Entries of one limit. */
    public static final int MAX = 50;

    private static final String UNTIL = "until";

    /** What became of the reading. */
    public sealed interface Result {

        record Valid(Limits limits) implements Result {}

        /**
         * A value that is wrong.
         *
         * @param limit {@code groups}, {@code resources}, {@code scopes} or {@code until}
         * @param value the first that is wrong, on one line
         * @param message says so, and what is expected
         */
        record Invalid(String limit, String value, String message) implements Result {}
    }

    /** Limits as people read them: groups by path, by id where they are gone. */
    public static @Nullable LimitsRequest of(RealmModel realm, Limits limits) {
        return limits.isNone()
                ? null
                : new LimitsRequest(
                        limits.groups().stream()
                                .map(id -> Optional.ofNullable(realm.getGroupById(id))
                                        .map(KeycloakModelUtils::buildGroupPath)
                                        .orElse(id))
                                .toList(),
                        List.copyOf(limits.resources()),
                        List.copyOf(limits.scopes()),
                        limits.until() == null ? null : limits.until().toString());
    }

    /** Finds everything that is named; a limit to what does not exist would shut everybody out. */
    public Result read(KeycloakSession session, RealmModel realm) {
        try {
            Limits limits = new Limits(
                    all("groups", groups, name -> group(session, realm, name)),
                    all("resources", resources, url -> resource(session, realm, url)),
                    all("scopes", scopes, name -> scope(realm, name)),
                    end());
            return new Result.Valid(limits);
        } catch (UnknownValueException e) {
            return e.problem;
        }
    }

    /** Whether nothing is limited. */
    @JsonIgnore
    public boolean isEmpty() {
        return Stream.of(groups, resources, scopes).allMatch(list -> list == null || list.isEmpty())
                && (until == null || until.isBlank());
    }

    private static Set<String> all(
            String limit, @Nullable List<String> names, Function<String, Optional<String>> find) {
        Set<String> found = new TreeSet<>();
        if (names == null) {
            return found;
        }
        if (names.size() > MAX) {
            throw wrong(limit, String.valueOf(names.get(MAX)), "%s has at most " + MAX + " values; %s is one too many");
        }
        for (@Nullable String name : names) {
            found.add(Optional.ofNullable(name)
                    .filter(n -> n.length() <= 2000)
                    .flatMap(find)
                    .orElseThrow(
                            () -> wrong(limit, String.valueOf(name), "%s names %s, which the realm does not have")));
        }
        return found;
    }

    private static Optional<String> group(KeycloakSession session, RealmModel realm, String name) {
        return Optional.ofNullable(realm.getGroupById(name))
                .or(() -> Optional.ofNullable(KeycloakModelUtils.findGroupByPath(session, realm, name)))
                .map(GroupModel::getId);
    }

    private static Optional<String> resource(KeycloakSession session, RealmModel realm, String url) {
        return new McpServers(session).byUrl(realm, url).map(server -> server.url()
                .toString());
    }

    private static Optional<String> scope(RealmModel realm, String name) {
        return realm.getClientScopesStream()
                .map(ClientScopeModel::getName)
                .filter(name::equals)
                .findFirst();
    }

    private @Nullable Instant end() {
        if (until == null || until.isBlank()) {
            return null;
        }
        Instant end = parsed(until.trim());
        if (!end.isAfter(Instant.ofEpochMilli(Time.currentTimeMillis()))) {
            throw wrong(UNTIL, until, "%s is %s, which has passed");
        }
        return end;
    }

    private static Instant parsed(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong(
                    UNTIL, text, "%s is %s; it is a day such as 2030-12-31 or a moment such as 2030-12-31T12:00:00Z");
        }
    }

    /**
     * What ends the reading.
     *
     * @param sentence with places for the limit and the value
     */
    private static UnknownValueException wrong(String limit, String value, String sentence) {
        String shown = DisplayText.line(value);
        return new UnknownValueException(new Result.Invalid(limit, shown, sentence.formatted(limit, shown)));
    }

    /** Ends the reading at the first value that is wrong. */
    private static final class UnknownValueException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Result.Invalid problem;

        UnknownValueException(Result.Invalid problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }
    }
}
