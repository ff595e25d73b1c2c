package dev.mcpclients.keycloak.doctor;

import java.time.Duration;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Access tokens given out outlive every decision: nothing takes them back but their end. */
final class TokenLifespanCheck implements Check {

    private static final Duration LONG = Duration.ofHours(1);

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        Duration lifespan = Duration.ofSeconds(realm.getAccessTokenLifespan());
        return lifespan.compareTo(LONG) <= 0
                ? Stream.empty()
                : Stream.of(new Finding(
                        "access-tokens-long",
                        Severity.WARNING,
                        "Access tokens live " + lifespan.toMinutes() + " minutes",
                        "Software that is denied keeps its access for so long",
                        Command.updateRealm(realm, "accessTokenLifespan=300")));
    }
}
