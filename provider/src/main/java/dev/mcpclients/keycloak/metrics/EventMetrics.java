package dev.mcpclients.keycloak.metrics;

import java.util.Map;
import java.util.Set;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;

/** Counts what the user events of this extension tell; at once, for a refused registration is rolled back. */
final class EventMetrics implements EventListenerProvider {

    private static final Set<String> DOORS = Set.of("anonymous", "authenticated", "cimd");
    private static final Set<String> OUTCOMES = Set.of(
            "allowed",
            "allowed_once",
            "remembered",
            "denied_by_user",
            "waiting",
            "not_approved_yet",
            "software_denied",
            "not_for_user",
            "unusable",
            "error_shown",
            "no_token");

    @Override
    public void onEvent(Event event) {
        Map<String, String> details = event.getDetails() == null ? Map.of() : event.getDetails();
        String realm = event.getRealmName() == null ? "" : event.getRealmName();
        if (event.getType() == EventType.CLIENT_REGISTER && details.containsKey("mcp_new")) {
            Meters.registration(realm, door(details), "true".equals(details.get("mcp_new")) ? "new" : "repeat");
        } else if (event.getType() == EventType.CLIENT_REGISTER_ERROR && details.containsKey("mcp_door")) {
            Meters.registration(realm, door(details), "refused");
        }
        String outcome = details.get("mcp_outcome");
        if (outcome != null && isFirst(event.getType(), outcome)) {
            Meters.gate(realm, OUTCOMES.contains(outcome) ? outcome : "other");
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // DecisionTimes hears of decisions.
    }

    @Override
    public void close() {}

    /** Keycloak 26.7 hands the details of a required action on to the login it is part of: one pass would count twice. */
    private static boolean isFirst(EventType type, String outcome) {
        return switch (type) {
            case LOGIN -> outcome.equals("remembered");
            case LOGIN_ERROR -> outcome.equals("error_shown");
            default -> true;
        };
    }

    private static String door(Map<String, String> details) {
        String door = details.getOrDefault("mcp_door", "");
        return DOORS.contains(door) ? door : "other";
    }
}
