package dev.mcpclients.keycloak.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.impl.ClientDisabledClientRegistrationPolicyFactory;
import org.keycloak.services.clientregistration.policy.impl.MaxClientsClientRegistrationPolicyFactory;
import org.keycloak.services.clientregistration.policy.impl.TrustedHostClientRegistrationPolicyFactory;

/**
 * Removes the registration policies of Keycloak that turn MCP clients away. Our own policies then hold every way of registration:
 * the rules of redirect URIs stand in for Trusted Hosts, the bounds on pending and unused software for Max Clients, the state of
 * software for Client Disabled.
 */
public final class ObstaclesStep implements Step {

    private static final Set<String> OBSTACLES = Set.of(
            TrustedHostClientRegistrationPolicyFactory.PROVIDER_ID,
            MaxClientsClientRegistrationPolicyFactory.PROVIDER_ID,
            ClientDisabledClientRegistrationPolicyFactory.PROVIDER_ID);

    private final RealmModel realm;
    private final Memory<Removed> memory;

    /** The policies removed. */
    record Removed(List<Component> policies) {}

    ObstaclesStep(RealmModel realm) {
        this.realm = realm;
        this.memory = new Memory<>(realm, id(), Removed.class);
    }

    /** The policies of a realm that turn MCP clients away. */
    public static Stream<ComponentModel> in(RealmModel realm) {
        return Component.in(realm).filter(component -> OBSTACLES.contains(component.getProviderId()));
    }

    @Override
    public String id() {
        return "registration-policies";
    }

    @Override
    public String what() {
        List<String> names = in(realm)
                .map(component -> component.getName() + " (" + component.getSubType() + ")")
                .sorted()
                .toList();
        return names.isEmpty()
                ? "no registration policy turns MCP clients away"
                : "removes registration policies that turn MCP clients away: " + String.join(", ", names);
    }

    @Override
    public boolean isDone() {
        return in(realm).findAny().isEmpty();
    }

    @Override
    public void apply() {
        List<Component> removed =
                new ArrayList<>(memory.read().map(Removed::policies).orElse(List.of()));
        for (ComponentModel component : in(realm).toList()) {
            removed.add(Component.of(component));
            realm.removeComponent(component);
        }
        memory.write(new Removed(removed));
    }

    @Override
    public boolean isUndoable() {
        return memory.read().isPresent();
    }

    @Override
    public void undo() {
        memory.read().map(Removed::policies).orElse(List.of()).stream()
                .filter(component -> realm.getComponent(component.id()) == null)
                .forEach(component -> realm.importComponentModel(component.model(realm)));
        memory.forget();
    }
}
