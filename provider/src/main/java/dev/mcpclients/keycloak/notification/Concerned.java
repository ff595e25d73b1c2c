package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Membership;
import dev.mcpclients.keycloak.registry.SoftwareDecided;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareUsers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * The users for whom a decision changes something, of those who asked for the software or have allowed it something.
 *
 * @param told whom the decision is for
 * @param leftOut whom an approval does not let in, because it is for other groups
 */
record Concerned(List<String> told, List<String> leftOut) {

    Concerned {
        told = List.copyOf(told);
        leftOut = List.copyOf(leftOut);
    }

    static Concerned by(SoftwareDecided decided, KeycloakSession session, RealmModel realm) {
        // Keycloak 26.7 reads users only in a session that is bound to a realm.
        session.getContext().setRealm(realm);
        int most = RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS)
                .mails()
                .receivers();
        SoftwareRegistry registry = new SoftwareRegistry(session);
        Set<String> users = new LinkedHashSet<>();
        decided.rows().forEach(row -> registry.requestsFor(row, most).forEach(request -> users.add(request.userId())));
        users.addAll(new SoftwareUsers(session).ids(decided.rows(), most));
        List<String> told = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (String id : users) {
            UserModel user = session.users().getUserById(realm, id);
            Set<String> groups = user == null ? Set.of() : Membership.of(user);
            if (user != null && decided.concerns(groups) && told.size() + leftOut.size() < most) {
                (decided.action() == Action.APPROVE && !decided.lets(groups) ? leftOut : told).add(id);
            }
        }
        return new Concerned(told, leftOut);
    }
}
