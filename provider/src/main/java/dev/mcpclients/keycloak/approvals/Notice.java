package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.registry.Action;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserSessionModel;

/**
 * What became of a form, shown once on the page that the browser is sent to: kept in the user's session, so that no link can make
 * the page say it.
 *
 * @param left ids of software that was not changed, because somebody else had decided
 */
record Notice(Action action, int changed, List<String> left) {

    private static final String NOTE = "mcp.approvals.notice";

    Notice {
        left = List.copyOf(left);
    }

    void leave(UserSessionModel session) {
        session.setNote(NOTE, action.wire() + ":" + changed + ":" + String.join(",", left));
    }

    static Optional<Notice> take(UserSessionModel session) {
        @Nullable String note = session.getNote(NOTE);
        if (note == null) {
            return Optional.empty();
        }
        session.removeNote(NOTE);
        String[] parts = note.split(":", -1);
        return Action.of(parts[0])
                .map(action -> new Notice(
                        action,
                        Integer.parseInt(parts[1]),
                        Stream.of(parts[2].split(","))
                                .filter(id -> !id.isEmpty())
                                .toList()));
    }

    String text(Texts texts) {
        String done = texts.say("mcpApprovalsDone." + action.wire(), changed);
        return left.isEmpty() ? done : done + " " + texts.say("mcpApprovalsLeft", left.size());
    }
}
