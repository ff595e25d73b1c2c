package dev.mcpclients.keycloak.doctor;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Experimental features of Keycloak that do the same job in another way. */
final class FeaturesCheck implements Check {

    private static final Map<Profile.Feature, String> COLLIDING = Map.of(
            Profile.Feature.RESOURCE_INDICATORS,
            "MCP clients are kept out of it; of other clients, those that ask for a resource may end in an internal error, and"
                    + " a refresh with offline_access loses their audience",
            Profile.Feature.CIMD,
            "Every realm advertises client ID metadata documents, and clients that prefer them fail where none are accepted");

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return examine(Profile::isFeatureEnabled);
    }

    static Stream<Finding> examine(Predicate<Profile.Feature> enabled) {
        String build = Command.words("kc.sh", "build", "--features=" + others(enabled));
        return COLLIDING.entrySet().stream()
                .filter(feature -> enabled.test(feature.getKey()))
                .map(feature -> new Finding(
                        "experimental-feature",
                        Severity.WARNING,
                        "The server runs with the experimental feature "
                                + feature.getKey().getKey(),
                        feature.getValue()
                                + ". Take it out of KC_FEATURES and keycloak.conf, too: the next build reads them",
                        build));
    }

    /** What is switched on besides, so that it stays on; a feature that is on anyway where there is nothing, because empty is no list. */
    private static String others(Predicate<Profile.Feature> enabled) {
        String others = Arrays.stream(Profile.Feature.values())
                .filter(feature -> feature.getType() != Profile.Feature.Type.DEFAULT)
                .filter(feature -> !COLLIDING.containsKey(feature))
                .filter(enabled)
                .map(Profile.Feature::getVersionedKey)
                .sorted()
                .collect(Collectors.joining(","));
        return others.isEmpty() ? Profile.Feature.AUTHORIZATION.getVersionedKey() : others;
    }
}
