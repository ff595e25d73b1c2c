package dev.mcpclients.keycloak.admin;

import dev.mcpclients.keycloak.registry.Actor;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Deciders;
import jakarta.ws.rs.ForbiddenException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Who calls admin REST, and what he may do here. */
final class Caller {

    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    Caller(RealmModel realm, AdminPermissionEvaluator auth) {
        this.realm = realm;
        this.auth = auth;
    }

    /**
     * Lets deciders pass.
     *
     * @throws ForbiddenException for everybody else
     */
    void requireDecider() {
        if (isTokenOfMcpClient() || !(auth.clients().canManage() || isApprover())) {
            throw new ForbiddenException();
        }
    }

    /**
     * Lets administrators of the realm pass.
     *
     * @throws ForbiddenException for everybody else
     */
    void requireRealmAdmin() {
        if (isTokenOfMcpClient()) {
            throw new ForbiddenException();
        }
        auth.realm().requireManageRealm();
    }

    Actor actor() {
        AdminAuth admin = auth.adminAuth();
        return Actor.of(admin.getRealm(), admin.getUser());
    }

    /** Software must not decide about software, itself least of all, with the token of a user who could. */
    private boolean isTokenOfMcpClient() {
        ClientModel client = auth.adminAuth().getClient();
        return client != null && ClientAttributes.isMcpClient(client);
    }

    /** A role of that name in another realm counts for nothing. */
    private boolean isApprover() {
        AdminAuth admin = auth.adminAuth();
        return admin.getRealm().getId().equals(realm.getId()) && Deciders.isApprover(realm, admin.getUser());
    }
}
