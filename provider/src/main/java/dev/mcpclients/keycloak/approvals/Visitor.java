package dev.mcpclients.keycloak.approvals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;

/** Who asks for the approvals page. */
sealed interface Visitor {

    /** Nobody is signed in, or not to this page. */
    record Unknown() implements Visitor {}

    /** Signed in, but may not decide: is told nothing about software. */
    record Stranger(UserModel user) implements Visitor {}

    /**
     * May decide in this realm.
     *
     * @param checker what a form of this session carries, so that no other site can post it
     */
    record Approver(UserModel user, UserSessionModel session, AccessToken token, ClientModel client, String checker)
            implements Visitor {

        boolean sent(@Nullable String formChecker) {
            return formChecker != null
                    && MessageDigest.isEqual(
                            checker.getBytes(StandardCharsets.UTF_8), formChecker.getBytes(StandardCharsets.UTF_8));
        }
    }
}
