package dev.mcpclients.keycloak.doctor;

import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Registrations, refusals and decisions are user events, which a realm of Keycloak does not keep unless it is told to. */
final class EventsCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return realm.isEventsEnabled()
                ? Stream.empty()
                : Stream.of(new Finding(
                        "events-off",
                        Severity.INFO,
                        "The realm keeps no user events",
                        "Why a client was refused stands in the server's log alone",
                        Command.updateRealm(realm, "eventsEnabled=true", "eventsExpiration=2592000")));
    }
}
