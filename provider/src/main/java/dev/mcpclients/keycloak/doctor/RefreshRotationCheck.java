package dev.mcpclients.keycloak.doctor;

import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** MCP, Authorization: authorization servers MUST rotate refresh tokens for public clients. */
final class RefreshRotationCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return realm.isRevokeRefreshToken() && realm.getRefreshTokenMaxReuse() == 0
                ? Stream.empty()
                : Stream.of(new Finding(
                        "refresh-rotation-off",
                        Severity.WARNING,
                        "Refresh tokens can be used more than once",
                        "A refresh token copied from a user's computer works until the session ends, unnoticed",
                        Command.updateRealm(realm, "revokeRefreshToken=true", "refreshTokenMaxReuse=0")));
    }
}
