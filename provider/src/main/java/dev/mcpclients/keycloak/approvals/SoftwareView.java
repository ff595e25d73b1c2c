package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approvals.QueueView.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One software as finished strings: all that an approver needs to decide.
 *
 * @param problem why the last form was not taken
 * @param warning that the name looks like that of a known product
 * @param document address of the client id metadata document
 * @param users how many people have allowed it something that is remembered
 * @param claims what registrants said about it, the newest last
 * @param servers what it may be used for
 * @param more whether more people wait than are shown
 * @param buttons what can be done in this state
 * @param reason what was typed into a form that was not taken
 */
record SoftwareView(
        String id,
        String version,
        String formUrl,
        String listUrl,
        @Nullable String notice,
        @Nullable String problem,
        String name,
        String state,
        String stateLabel,
        @Nullable String decision,
        @Nullable String decisionReason,
        @Nullable String decisionLimits,
        String evidence,
        String evidenceLabel,
        String evidenceText,
        @Nullable String warning,
        @Nullable String document,
        List<Receiver> receivers,
        String door,
        When registered,
        @Nullable When used,
        String users,
        List<List<Claim>> claims,
        List<Server> servers,
        List<Asker> askers,
        boolean more,
        List<Past> history,
        List<Similar> similar,
        List<Button> buttons,
        LimitsForm.View limits,
        String reason) {

    /** Where a code may go: in words, and the redirect URI itself. */
    record Receiver(String place, String uri, boolean known) {}

    record Claim(String label, String value) {}

    record Server(String name, String url, String scopes) {}

    record Asker(String user, @Nullable String reason, When asked) {}

    /** An earlier decision. */
    record Past(String what, String by, @Nullable String reason, When when, @Nullable String limits) {}

    /** An earlier decision about other software whose name looks the same. */
    record Similar(String name, String url, String what, String by, When when, @Nullable String reason) {}

    /** A button. */
    record Button(String value, String label, boolean primary, boolean danger) {}
}
