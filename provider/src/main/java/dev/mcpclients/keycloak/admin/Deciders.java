package dev.mcpclients.keycloak.admin;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import jakarta.ws.rs.ForbiddenException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Who decides about software of a realm: whoever manages its clients, and its users with the realm role {@code mcp-approver}.
 * The role is read from the user: a token carries what its client may see.
 */
final class Deciders {

    /** Realm role of people who decide without being realm admins. */
    static final String APPROVER = "mcp-approver";

    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    Deciders(RealmModel realm, AdminPermissionEvaluator auth) {
        this.realm = realm;
        this.auth = auth;
    }

    /**
     * Lets deciders pass.
     *
     * @throws ForbiddenException for everybody else
     */
    void require() {
        if (isTokenOfMcpClient() || !(auth.clients().canManage() || isApprover())) {
            throw new ForbiddenException();
        }
    }

    String name() {
        UserModel user = auth.adminAuth().getUser();
        return user.getUsername();
    }

    /** Software must not decide about software, itself least of all, with the token of a user who could. */
    private boolean isTokenOfMcpClient() {
        ClientModel client = auth.adminAuth().getClient();
        return client != null && ClientAttributes.isMcpClient(client);
    }

    /** A role of that name in another realm counts for nothing. */
    private boolean isApprover() {
        AdminAuth admin = auth.adminAuth();
        RoleModel approver = realm.getRole(APPROVER);
        return approver != null
                && admin.getRealm().getId().equals(realm.getId())
                && admin.getUser().hasRole(approver);
    }
}
