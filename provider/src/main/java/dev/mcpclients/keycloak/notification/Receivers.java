package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.registry.Deciders;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** Whom approvers' mails go to: users with the role {@code mcp-approver}, given to them or to one of their groups. */
public final class Receivers {

    private static final int MOST_GROUPS = 20;

    /** Their ids, so many at most: a realm with more approvers has them read a shared mailbox. */
    public static List<String> approvers(KeycloakSession session, RealmModel realm, int most) {
        RoleModel role = realm.getRole(Deciders.APPROVER);
        if (role == null) {
            return List.of();
        }
        Stream<UserModel> direct = session.users().getRoleMembersStream(realm, role, 0, most);
        Stream<UserModel> byGroup = session.groups()
                .getGroupsByRoleStream(realm, role, 0, MOST_GROUPS)
                .flatMap(group -> session.users().getGroupMembersStream(realm, group, 0, most));
        try (Stream<UserModel> all = Stream.concat(direct, byGroup)) {
            return all.map(UserModel::getId).distinct().limit(most).toList();
        }
    }

    private Receivers() {}
}
