package dev.mcpclients.keycloak.doctor;

import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;

/** The users of {@code mcp-realm.json}, whose passwords everybody knows, in a realm that others can reach. */
final class DemoUsersCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return IssuerCheck.isLoopback(IssuerCheck.issuer(session, realm))
                ? Stream.empty()
                : Stream.of("alice", "bob")
                        .map(name -> session.users().getUserByUsername(realm, name))
                        .filter(Objects::nonNull)
                        .filter(DemoUsersCheck::isFromTheDemo)
                        .map(user -> finding(realm, user));
    }

    /** A directory of users elsewhere is not asked. */
    private static boolean isFromTheDemo(UserModel user) {
        return user.getFederationLink() == null
                && user.isEnabled()
                && user.credentialManager().isValid(UserCredentialModel.password(user.getUsername()));
    }

    private static Finding finding(RealmModel realm, UserModel user) {
        return new Finding(
                "demo-user",
                Severity.WARNING,
                "User " + user.getUsername() + " of the demo, whose password is the name",
                "Anybody can sign in with it, and decide about software where the user is an approver",
                Command.kcadm("delete", "users/" + user.getId(), realm));
    }
}
