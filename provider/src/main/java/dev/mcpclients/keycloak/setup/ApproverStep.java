package dev.mcpclients.keycloak.setup;

import dev.mcpclients.keycloak.registry.Deciders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** Makes the role of people who decide about software without being realm admins, and gives it to the approvers chosen. */
final class ApproverStep implements Step {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final List<String> approvers;
    private final Memory<Done> memory;

    /** Whether the role was made here, and the ids of the users who got it. */
    record Done(boolean roleMade, List<String> users) {}

    ApproverStep(KeycloakSession session, RealmModel realm, List<String> approvers) {
        this.session = session;
        this.realm = realm;
        this.approvers = approvers;
        this.memory = new Memory<>(realm, id(), Done.class);
    }

    @Override
    public String id() {
        return "approver-role";
    }

    @Override
    public String what() {
        String to = approvers.isEmpty() ? "" : ", given to " + String.join(", ", approvers);
        return "realm role " + Deciders.APPROVER + to
                + ": who has it decides about MCP clients without being a realm admin";
    }

    @Override
    public boolean isDone() {
        RoleModel role = realm.getRole(Deciders.APPROVER);
        return users().stream().allMatch(user -> role != null && user.hasRole(role)) && role != null;
    }

    @Override
    public void apply() {
        Done earlier = memory.read().orElse(new Done(false, List.of()));
        RoleModel found = realm.getRole(Deciders.APPROVER);
        RoleModel role = found == null ? realm.addRole(Deciders.APPROVER) : found;
        if (found == null) {
            role.setDescription("Decides which MCP clients may be used in this realm");
        }
        List<String> given = new ArrayList<>(earlier.users());
        for (UserModel user : users()) {
            if (!user.hasRole(role)) {
                user.grantRole(role);
                given.add(user.getId());
            }
        }
        memory.write(new Done(earlier.roleMade() || found == null, given));
    }

    @Override
    public boolean isUndoable() {
        return memory.read().isPresent();
    }

    @Override
    public void undo() {
        RoleModel role = realm.getRole(Deciders.APPROVER);
        memory.read().filter(done -> role != null).ifPresent(done -> {
            if (done.roleMade()) {
                realm.removeRole(role);
            } else {
                done.users().stream()
                        .map(id -> session.users().getUserById(realm, id))
                        .filter(Objects::nonNull)
                        .forEach(user -> user.deleteRoleMapping(role));
            }
        });
        memory.forget();
    }

    private List<UserModel> users() {
        return approvers.stream().map(this::user).toList();
    }

    private UserModel user(String name) {
        UserModel user = session.users().getUserByUsername(realm, name);
        if (user == null) {
            throw new SetupRefused("approvers: no user " + name + " in this realm");
        }
        return user;
    }
}
