package dev.mcpclients.keycloak.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.common.Version;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whether this is a server that the extension is tested on; it uses parts of Keycloak that may change in any release. */
final class VersionCheck implements Check {

    /** The minor version and its newest patch that the tests run on. */
    static final String MINOR = "26.7";

    static final int NEWEST_PATCH = 3;

    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+)\\.(\\d+)(?:\\..*|-.*)?");

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return examine(Version.VERSION);
    }

    static Stream<Finding> examine(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (matcher.matches() && MINOR.equals(matcher.group(1)) && Integer.parseInt(matcher.group(2)) <= NEWEST_PATCH) {
            return Stream.empty();
        }
        boolean sameMinor = matcher.matches() && MINOR.equals(matcher.group(1));
        return Stream.of(new Finding(
                "server-untested",
                sameMinor ? Severity.INFO : Severity.WARNING,
                "The server is Keycloak " + version + "; this extension is tested on " + MINOR + ".0 to " + MINOR + "."
                        + NEWEST_PATCH,
                "Parts of Keycloak that the extension uses may have changed: try it before users do",
                "docker pull quay.io/keycloak/keycloak:" + MINOR + "." + NEWEST_PATCH));
    }
}
