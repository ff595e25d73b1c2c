package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.LimitsRequest;
import dev.mcpclients.keycloak.approvals.QueueView.Choice;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.resource.McpServer;
import dev.mcpclients.keycloak.resource.McpServers;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The limits of an approval as fields of a form. */
final class LimitsForm {

    private static final String GROUPS = "groups";
    private static final String RESOURCES = "resources";
    private static final String SCOPES = "scopes";
    private static final String UNTIL = "until";

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

    /** The fields with what they hold. */
    record View(String groups, List<Choice> resources, List<Choice> scopes, String until, boolean any) {}

    View view(Limits limits) {
        return view(
                groupPaths(limits).collect(Collectors.joining("\n")),
                limits.resources(),
                limits.scopes(),
                Optional.ofNullable(limits.until())
                        .map(LimitsForm::lastDay)
                        .map(LocalDate::toString)
                        .orElse(""));
    }

    /** What was typed into a form that was not taken. */
    View entered(MultivaluedMap<String, String> form) {
        return view(text(form, GROUPS), chosen(form, RESOURCES), chosen(form, SCOPES), text(form, UNTIL));
    }

    /** What is limited to now stays a choice where it is not offered any more: a box that is missing would lift the limit. */
    private View view(String groups, Set<String> resources, Set<String> scopes, String until) {
        Map<String, String> names = new LinkedHashMap<>();
        servers.forEach(server -> names.put(server.url().toString(), server.name()));
        resources.forEach(url -> names.putIfAbsent(url, url));
        Set<String> offered = new TreeSet<>(scopeNames());
        offered.addAll(scopes);
        return new View(
                groups,
                names.entrySet().stream()
                        .map(server ->
                                new Choice(server.getKey(), server.getValue(), resources.contains(server.getKey())))
                        .toList(),
                offered.stream()
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
                        until == null ? "" : texts.say("mcpLimits.until") + ": " + texts.until(until))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    LimitsRequest.Result read(MultivaluedMap<String, String> form) {
        String until = text(form, UNTIL).strip();
        return new LimitsRequest(
                        text(form, GROUPS)
                                .lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .toList(),
                        List.copyOf(chosen(form, RESOURCES)),
                        List.copyOf(chosen(form, SCOPES)),
                        endOf(until).map(Instant::toString).orElse(until))
                .read(session, realm);
    }

    List<McpServer> servers() {
        return servers;
    }

    /** The day in which the last moment before it lies, by the clock of the server. */
    private static LocalDate lastDay(Instant until) {
        return until.minusMillis(1).atZone(ZoneId.systemDefault()).toLocalDate();
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

    private static String text(MultivaluedMap<String, String> form, String field) {
        return Optional.ofNullable(form.getFirst(field)).orElse("");
    }
}
