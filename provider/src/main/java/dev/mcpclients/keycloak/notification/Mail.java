package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.approval.Destination;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mail, whoever receives it.
 *
 * @param kind a word for events and claims, at most 16 characters
 * @param software id, where it is about one
 * @param subject key of the message, whose only argument is the name of the software
 * @param template name in {@code html/} and {@code text/}
 * @param content what the template places
 */
record Mail(
        String kind,
        @Nullable String software,
        String subject,
        List<String> subjectArguments,
        String template,
        Map<String, Object> content) {

    private static final String APPROVERS = "mcp-mail-approvers.ftl";
    private static final String USERS = "mcp-mail-users.ftl";

    Mail {
        subjectArguments = List.copyOf(subjectArguments);
        content = Map.copyOf(content);
    }

    /** To approvers: new software waits. */
    static Mail pending(Software software, Links links) {
        return waiting("mcpMailNewSubject", "mcpMailNewText", software, links);
    }

    /** To approvers: software waits again although nobody took its approval back. */
    static Mail pendingAgain(Software software, Action action, Links links) {
        return waiting(
                "mcpMailAgainSubject",
                action == Action.EXPIRE ? "mcpMailEndedText" : "mcpMailDoubtText",
                software,
                links);
    }

    private static Mail waiting(String subject, String text, Software software, Links links) {
        List<Destination> destinations = Fingerprint.redirectUris(software.form()).stream()
                .map(Destination::of)
                .toList();
        List<String> hosts = destinations.stream()
                .filter(destination -> !destination.isThisComputer())
                .map(destination -> DisplayText.line(destination.host()))
                .distinct()
                .toList();
        return new Mail(
                "pending",
                software.id(),
                subject,
                List.of(software.name()),
                APPROVERS,
                content(
                        text,
                        "app",
                        software.name(),
                        "evidence",
                        software.evidence().wire(),
                        "looksLike",
                        software.looksLike(),
                        "hosts",
                        hosts,
                        "local",
                        destinations.stream().anyMatch(Destination::isThisComputer) ? true : null,
                        "link",
                        links.software(software.id()),
                        "linkText",
                        "mcpMailDecideHere"));
    }

    /** To approvers: so much waits that single mails are no use. */
    static Mail digest(Links links) {
        return new Mail(
                "digest",
                null,
                "mcpMailDigestSubject",
                List.of(),
                APPROVERS,
                content("mcpMailDigestText", "link", links.list(), "linkText", "mcpMailDigestHere"));
    }

    /** To approvers: this has waited too long. */
    static Mail reminder(int count, List<Software> oldest, Links links) {
        int more = count - oldest.size();
        return new Mail(
                "reminder",
                null,
                "mcpMailReminderSubject",
                List.of(),
                APPROVERS,
                content(
                        "mcpMailReminderText",
                        "apps",
                        oldest.stream().map(Software::name).toList(),
                        "more",
                        more > 0 ? Integer.toString(more) : null,
                        "link",
                        links.list(),
                        "linkText",
                        "mcpMailDigestHere"));
    }

    /** To users: what was done about software. */
    static Mail decided(Software software, Action action, Links links) {
        String stem =
                switch (action) {
                    case APPROVE -> "mcpMailApproved";
                    case DENY -> "mcpMailDenied";
                    case SUSPEND, EXPIRE, DOUBT -> "mcpMailSuspended";
                    case REOPEN -> "mcpMailReopened";
                };
        return toUsers(action.wire(), stem, software, software.reason(), links.apps());
    }

    /** To users: it is approved, but for groups they are not in. */
    static Mail notForYou(Software software) {
        return toUsers(Action.APPROVE.wire(), "mcpMailNotForYou", software, software.reason(), null);
    }

    /** To a user: nobody decided in time. */
    static Mail expired(Software software) {
        return toUsers("request_expired", "mcpMailExpired", software, null, null);
    }

    private static Mail toUsers(
            String kind, String stem, Software software, @Nullable String reason, @Nullable String link) {
        return new Mail(
                kind,
                software.id(),
                stem + "Subject",
                List.of(software.name()),
                USERS,
                content(
                        stem + "Text",
                        "app",
                        software.name(),
                        "reason",
                        reason == null || reason.isBlank()
                                ? null
                                : DisplayText.stripped(reason, SoftwareRegistry.MAX_REASON),
                        "link",
                        link));
    }

    /** Names and values in turn; what has no value is left out. */
    private static Map<String, Object> content(String text, @Nullable Object... parts) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("text", text);
        for (int i = 0; i < parts.length; i += 2) {
            Object value = parts[i + 1];
            if (value != null) {
                content.put(String.valueOf(parts[i]), value);
            }
        }
        return content;
    }
}
