package dev.mcpclients.keycloak.registry;

import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Who decides about software of a realm among its own users: whoever has its realm role {@code mcp-approver}, and whoever manages its
 * clients. Roles are read from the user: a token carries what its client may see.
 */
public final class Deciders {

    /** Realm role of people who decide without being realm admins. */
    public static final String APPROVER = "mcp-approver";

    /** The user belongs to this realm: a role of the same name in another realm counts for nothing. */
    public static boolean mayDecide(RealmModel realm, UserModel user) {
        return isApprover(realm, user) || managesClients(realm, user);
    }

    public static boolean isApprover(RealmModel realm, UserModel user) {
        RoleModel approver = realm.getRole(APPROVER);
        return approver != null && user.isEnabled() && user.hasRole(approver);
    }

    private static boolean managesClients(RealmModel realm, UserModel user) {
        ClientModel management = management(realm);
        RoleModel role = management == null ? null : management.getRole(AdminRoles.MANAGE_CLIENTS);
        return role != null && user.isEnabled() && user.hasRole(role);
    }

    /** In the master realm its own management client stands beside those of the other realms (Keycloak 26.7, MgmtPermissions). */
    private static @Nullable ClientModel management(RealmModel realm) {
        String master = Config.getAdminRealm();
        return realm.getClientByClientId(
                realm.getName().equals(master) ? master + "-realm" : Constants.REALM_MANAGEMENT_CLIENT_ID);
    }

    private Deciders() {}
}
