package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.registry.Action;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserSessionModel;

/**
 * What became of a form, shown once on the page that the browser is sent to: kept in the user's session, so that no link can make
 * the page say it.
 */
record Notice(Action action, int changed, int left) {

    private static final String NOTE = "mcp.approvals.notice";

    void leave(UserSessionModel session) {
        session.setNote(NOTE, action.wire() + ":" + changed + ":" + left);
    }

    static Optional<Notice> take(UserSessionModel session) {
        @Nullable String note = session.getNote(NOTE);
        if (note == null) {
            return Optional.empty();
        }
        session.removeNote(NOTE);
        String[] parts = note.split(":", -1);
        return Action.of(parts[0])
                .map(action -> new Notice(action, Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }

    String text(Texts texts) {
        String done = texts.say("mcpApprovalsDone." + action.wire(), changed);
        return left == 0 ? done : done + " " + texts.say("mcpApprovalsLeft", left);
    }
}
