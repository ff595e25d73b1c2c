package dev.mcpclients.keycloak.approval;

import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;

/** Puts what happened at the gate into the realm's user events. */
final class GateEvents {

    /** Adds what was asked and how it ended to the event that Keycloak itself is going to send. */
    static void describe(EventBuilder event, GateRequest request, String outcome) {
        event.detail("mcp_software", request.software())
                .detail("mcp_state", request.state().wire())
                .detail("mcp_evidence", request.evidence().wire())
                .detail("mcp_outcome", outcome)
                .detail(Details.REDIRECT_URI, request.authorization().redirectUri());
        String resource = request.authorization().resource() == null
                ? request.authorization().requestedResource()
                : request.authorization().resource();
        if (resource != null) {
            event.detail("resource", resource);
        }
    }

    /** A login has begun to wait for an approver. */
    static void waiting(RequiredActionContext context, GateRequest request) {
        EventBuilder event = own(context);
        describe(event, request, "waiting");
        event.success();
    }

    /** A request that cannot be served was answered. */
    static void refused(RequiredActionContext context, GateRequest request) {
        EventBuilder event = own(context);
        describe(event, request, "unusable");
        event.detail(Details.REASON, request.situation().description()).error(Errors.INVALID_REQUEST);
    }

    private static EventBuilder own(RequiredActionContext context) {
        return context.getEvent()
                .clone()
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .detail(Details.CUSTOM_REQUIRED_ACTION, Gate.ID);
    }
}
