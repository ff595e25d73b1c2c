package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.Identity;
import dev.mcpclients.keycloak.approvals.QueueView.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One software as finished strings: all that an approver needs to decide.
 *
 * @param next what waits too, once this has been decided about
 * @param problem why the last form was not taken
 * @param document address of the client id metadata document
 * @param users how many people have allowed it something
 * @param claims what registrants said about it, the newest last
 * @param more whether more people wait than are shown
 * @param buttons what can be done in this state
 * @param reason what was typed into a form that was not taken
 */
record SoftwareView(
        String version,
        String formUrl,
        String listUrl,
        @Nullable String notice,
        @Nullable Next next,
        @Nullable String problem,
        Identity identity,
        String state,
        String stateLabel,
        @Nullable String decision,
        @Nullable String decisionReason,
        @Nullable String decisionLimits,
        @Nullable String document,
        String door,
        When registered,
        @Nullable String registeredFrom,
        @Nullable When used,
        String users,
        List<List<Claim>> claims,
        List<Asker> askers,
        boolean more,
        List<Past> history,
        List<Similar> similar,
        List<Button> buttons,
        LimitsForm.View limits,
        String reason) {

    /** Other software. */
    record Next(String name, String url) {}

    record Claim(String label, String value) {}

    record Asker(String user, @Nullable String reason, When asked) {}

    /** An earlier decision. */
    record Past(String what, String by, @Nullable String reason, When when, @Nullable String limits) {}

    /** An earlier decision about other software whose name looks the same. */
    record Similar(String name, String url, String what, String by, When when, @Nullable String reason) {}

    /** A button. */
    record Button(String value, String label, boolean primary, boolean danger) {}
}
