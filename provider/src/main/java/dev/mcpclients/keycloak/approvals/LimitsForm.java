package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approvals.QueueView.Choice;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.resource.McpServer;
import dev.mcpclients.keycloak.resource.McpServers;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The limits of an approval as fields of a form. */
final class LimitsForm {

    private static final String GROUPS = "groups";
    private static final String RESOURCES = "resources";
    private static final String SCOPES = "scopes";
    private static final String UNTIL = "until";
    private static final int MOST_GROUPS = 50;

    /** What dynamic clients may ask for at any server, where the realm does not give it to every client anyway. */
    private static final List<String> GENERAL_SCOPES = List.of("profile", "email", OAuth2Constants.OFFLINE_ACCESS);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final List<McpServer> servers;

    LimitsForm(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.servers = new McpServers(session).open(realm);
    }

    /** What was entered: limits, or the message key of what is wrong with it. */
    sealed interface Entered {

        record Valid(Limits limits) implements Entered {}

        record Invalid(String problem) implements Entered {}
    }

    /** The fields with what they hold. */
    record View(String groups, List<Choice> resources, List<Choice> scopes, String until, boolean any) {}

    View view(Limits limits) {
        return new View(
                groupPaths(limits).collect(Collectors.joining("\n")),
                servers.stream()
                        .map(server -> new Choice(
                                server.url().toString(),
                                server.name(),
                                limits.resources().contains(server.url().toString())))
                        .toList(),
                scopeNames().stream()
                        .map(scope -> new Choice(scope, scope, limits.scopes().contains(scope)))
                        .toList(),
                Optional.ofNullable(limits.until())
                        .map(until -> until.minusMillis(1)
                                .atZone(ZoneId.systemDefault())
                                .toLocalDate()
                                .toString())
                        .orElse(""),
                !limits.isNone());
    }

    /** What was typed into a form that was not taken. */
    View entered(MultivaluedMap<String, String> form) {
        Set<String> resources = chosen(form, RESOURCES);
        Set<String> scopes = chosen(form, SCOPES);
        String groups = Optional.ofNullable(form.getFirst(GROUPS)).orElse("");
        String until = Optional.ofNullable(form.getFirst(UNTIL)).orElse("");
        return new View(
                groups,
                servers.stream()
                        .map(server -> new Choice(
                                server.url().toString(),
                                server.name(),
                                resources.contains(server.url().toString())))
                        .toList(),
                scopeNames().stream()
                        .map(scope -> new Choice(scope, scope, scopes.contains(scope)))
                        .toList(),
                until,
                !groups.isBlank() || !until.isBlank() || !resources.isEmpty() || !scopes.isEmpty());
    }

    /** The limits in one sentence, null where there are none. */
    @Nullable
    String sentence(Limits limits, Texts texts) {
        if (limits.isNone()) {
            return null;
        }
        String groups = groupPaths(limits).collect(Collectors.joining(", "));
        Instant until = limits.until();
        return Stream.of(
                        groups.isEmpty() ? "" : texts.say("mcpLimits.groups") + ": " + groups,
                        limits.resources().isEmpty()
                                ? ""
                                : texts.say("mcpLimits.resources") + ": " + String.join(", ", limits.resources()),
                        limits.scopes().isEmpty()
                                ? ""
                                : texts.say("mcpLimits.scopes") + ": " + String.join(", ", limits.scopes()),
                        until == null
                                ? ""
                                : texts.say("mcpLimits.until") + ": "
                                        + texts.when(until).text())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    Entered read(MultivaluedMap<String, String> form) {
        Set<String> groups = new LinkedHashSet<>();
        for (String path : lines(form.getFirst(GROUPS))) {
            GroupModel group = KeycloakModelUtils.findGroupByPath(session, realm, path);
            if (group == null || groups.size() == MOST_GROUPS) {
                return new Entered.Invalid("mcpLimitsProblem.groups");
            }
            groups.add(group.getId());
        }
        Set<String> resources = chosen(form, RESOURCES);
        if (!servers.stream()
                .map(server -> server.url().toString())
                .collect(Collectors.toSet())
                .containsAll(resources)) {
            return new Entered.Invalid("mcpLimitsProblem.resources");
        }
        Set<String> scopes = chosen(form, SCOPES);
        if (!scopeNames().containsAll(scopes)) {
            return new Entered.Invalid("mcpLimitsProblem.scopes");
        }
        String date = form.getFirst(UNTIL);
        if (date == null || date.isBlank()) {
            return new Entered.Valid(new Limits(groups, resources, scopes, null));
        }
        return endOf(date.strip())
                .filter(end -> end.isAfter(Instant.ofEpochMilli(Time.currentTimeMillis())))
                .<Entered>map(end -> new Entered.Valid(new Limits(groups, resources, scopes, end)))
                .orElseGet(() -> new Entered.Invalid("mcpLimitsProblem.until"));
    }

    List<McpServer> servers() {
        return servers;
    }

    /** The approval holds for the whole of its last day. */
    private static Optional<Instant> endOf(String date) {
        try {
            return Optional.of(LocalDate.parse(date)
                    .plusDays(1)
                    .atStartOfDay(ZoneId.systemDefault())
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Set<String> scopeNames() {
        Set<String> ofEveryClient = realm.getDefaultClientScopesStream(true)
                .map(ClientScopeModel::getName)
                .collect(Collectors.toSet());
        Set<String> names = new TreeSet<>();
        servers.forEach(server -> names.addAll(server.scopeNames()));
        GENERAL_SCOPES.stream()
                .filter(name -> KeycloakModelUtils.getClientScopeByName(realm, name) != null)
                .forEach(names::add);
        names.removeAll(ofEveryClient);
        return names;
    }

    private Stream<String> groupPaths(Limits limits) {
        return limits.groups().stream()
                .map(id -> Optional.ofNullable(session.groups().getGroupById(realm, id))
                        .map(KeycloakModelUtils::buildGroupPath)
                        .orElse(id));
    }

    private static Set<String> chosen(MultivaluedMap<String, String> form, String field) {
        return form.getOrDefault(field, List.of()).stream()
                .filter(value -> !value.isBlank())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> lines(@Nullable String text) {
        return text == null
                ? List.of()
                : text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }
}
