package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Actor;
import dev.mcpclients.keycloak.registry.Decisions;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Software;
import java.util.LinkedHashMap;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Carries out what an approver chose on the page, and leaves the same admin event as admin REST does. */
final class Deciding {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Visitor.Approver approver;

    Deciding(KeycloakSession session, Visitor.Approver approver) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.approver = approver;
    }

    Decisions.Outcome decide(String id, int version, Action action, String reason, Limits limits) {
        Decisions.Outcome outcome = new Decisions(session)
                .decide(realm, id, action, version, Actor.of(realm, approver.user()), reason, limits);
        if (outcome instanceof Decisions.Outcome.Changed changed) {
            record(action, changed.software());
        }
        return outcome;
    }

    private void record(Action action, Software software) {
        Map<String, Object> representation = new LinkedHashMap<>();
        representation.put("id", software.id());
        representation.put("name", software.name());
        representation.put("state", software.state().wire());
        representation.put("reason", software.reason());
        new AdminEventBuilder(
                        realm,
                        new AdminAuth(realm, approver.token(), approver.user(), approver.client()),
                        session,
                        session.getContext().getConnection())
                .resource("MCP_SOFTWARE")
                .operation(OperationType.ACTION)
                .resourcePath("mcp", "software", software.id(), action.wire())
                .representation(representation)
                .success();
    }
}
