package dev.mcpclients.keycloak.registry;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.UserModel;

/** The groups a user belongs to, as limits count them: whoever is in a subgroup is in the groups above it. */
public final class Membership {

    /** Ids of the user's groups and of all groups above them; Keycloak caches both with the user and the realm. */
    public static Set<String> of(UserModel user) {
        Set<String> ids = new HashSet<>();
        user.getGroupsStream().forEach(group -> addWithAncestors(ids, group));
        return ids;
    }

    private static void addWithAncestors(Set<String> ids, GroupModel group) {
        for (@Nullable GroupModel each = group; each != null && ids.add(each.getId()); ) {
            each = each.getParent();
        }
    }

    private Membership() {}
}
