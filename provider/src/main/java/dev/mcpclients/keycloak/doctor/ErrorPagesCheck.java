package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.policy.GlobalPolicy;
import java.util.stream.Stream;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The global client policy that shows errors instead of redirecting them; an option of the server can put it out of force. */
final class ErrorPagesCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return examine(Profile.isFeatureEnabled(Profile.Feature.CLIENT_POLICIES), GlobalPolicy.isInForce(session));
    }

    static Stream<Finding> examine(boolean policies, boolean inForce) {
        if (policies && inForce) {
            return Stream.empty();
        }
        return Stream.of(new Finding(
                "error-pages-off",
                Severity.WARNING,
                policies
                        ? "The server was told to use another security-profile provider than that of this extension"
                        : "The server runs without the feature client-policies",
                "Errors of MCP clients that nobody approved are redirected to their hosts: links to this realm can lead anywhere",
                policies
                        ? Command.words(
                                "kc.sh", "build", "--spi-security-profile--provider=" + GlobalPolicy.PROVIDER_ID)
                        : Command.words("kc.sh", "build", "--features=client-policies")));
    }
}
