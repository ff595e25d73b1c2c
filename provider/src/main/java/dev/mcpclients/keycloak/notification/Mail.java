package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One mail, whoever receives it.
 *
 * @param subject key of the message, whose only argument is the name of the software
 * @param template name in {@code html/} and {@code text/}
 * @param content what the template places
 */
record Mail(String subject, List<String> subjectArguments, String template, Map<String, String> content) {

    Mail {
        subjectArguments = List.copyOf(subjectArguments);
        content = Map.copyOf(content);
    }

    static Mail pending(Software software, URI page) {
        return new Mail(
                "mcpMailNewSubject",
                List.of(software.name()),
                "mcp-mail-pending.ftl",
                Map.of("app", software.name(), "evidence", software.evidence().wire(), "link", page.toString()));
    }

    static Mail digest(URI page) {
        return new Mail("mcpMailDigestSubject", List.of(), "mcp-mail-digest.ftl", Map.of("link", page.toString()));
    }

    static Mail decided(Software software, Action action, URI account) {
        boolean approved = action == Action.APPROVE;
        String reason =
                software.reason() == null ? "" : DisplayText.stripped(software.reason(), SoftwareRegistry.MAX_REASON);
        return new Mail(
                approved ? "mcpMailApprovedSubject" : "mcpMailDeniedSubject",
                List.of(software.name()),
                approved ? "mcp-mail-approved.ftl" : "mcp-mail-denied.ftl",
                Map.of("app", software.name(), "reason", reason, "link", account.toString()));
    }
}
