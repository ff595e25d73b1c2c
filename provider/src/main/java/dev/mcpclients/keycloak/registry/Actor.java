package dev.mcpclients.keycloak.registry;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Who decides. Names change and realms share them, so the history keeps all three.
 *
 * @param name user name at that time
 * @param userId null where no person acts
 * @param realm name of the realm the user belongs to: an administrator may come from the master realm
 */
public record Actor(String name, @Nullable String userId, @Nullable String realm) {

    /** This server, where a date decides. */
    public static final Actor SERVER = new Actor("", null, null);

    public static Actor of(RealmModel realm, UserModel user) {
        return new Actor(user.getUsername(), user.getId(), realm.getName());
    }
}
