package dev.mcpclients.keycloak.setup;

import dev.mcpclients.keycloak.registration.PolicyChoices;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyManager;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/** Puts the {@code mcp-client} policy at both doors, with the settings chosen: the realm registers MCP clients from here on. */
final class DoorsStep implements Step {

    private final RealmModel realm;
    private final PolicyChoices choices;
    private final Memory<Done> memory;

    /** Ids of the components made, and how those looked that were there before. */
    record Done(List<String> made, List<Component> before) {}

    DoorsStep(RealmModel realm, PolicyChoices choices) {
        this.realm = realm;
        this.choices = choices;
        this.memory = new Memory<>(realm, id(), Done.class);
    }

    @Override
    public String id() {
        return "policies";
    }

    @Override
    public String what() {
        return "policy " + RegistrationSettings.POLICY_ID + " at the anonymous and the authenticated door: "
                + "registration at clients-registrations/mcp, discovery that names it, and no anonymous registration elsewhere";
    }

    @Override
    public boolean isDone() {
        boolean done = true;
        for (RegistrationAuth door : RegistrationAuth.values()) {
            Optional<ComponentModel> found = at(door);
            ComponentModel wanted = wanted(door, found);
            done &= found.map(ComponentModel::getConfig)
                    .filter(wanted.getConfig()::equals)
                    .isPresent();
        }
        return done;
    }

    @Override
    public void apply() {
        Done earlier = memory.read().orElse(new Done(List.of(), List.of()));
        List<String> made = new ArrayList<>(earlier.made());
        List<Component> before = new ArrayList<>(earlier.before());
        for (RegistrationAuth door : RegistrationAuth.values()) {
            Optional<ComponentModel> found = at(door);
            ComponentModel wanted = wanted(door, found);
            if (found.isEmpty()) {
                made.add(realm.addComponentModel(wanted).getId());
            } else if (!found.get().getConfig().equals(wanted.getConfig())) {
                String id = wanted.getId();
                if (!made.contains(id)
                        && before.stream().noneMatch(component -> component.id().equals(id))) {
                    before.add(Component.of(found.get()));
                }
                realm.updateComponent(wanted);
            }
        }
        memory.write(new Done(made, before));
    }

    @Override
    public boolean isUndoable() {
        return memory.read().isPresent();
    }

    @Override
    public void undo() {
        memory.read().ifPresent(done -> {
            done.made().stream()
                    .map(realm::getComponent)
                    .filter(Objects::nonNull)
                    .forEach(realm::removeComponent);
            done.before().stream()
                    .filter(component -> realm.getComponent(component.id()) != null)
                    .forEach(component -> realm.updateComponent(component.model(realm)));
        });
        memory.forget();
    }

    private Optional<ComponentModel> at(RegistrationAuth door) {
        String subType = ClientRegistrationPolicyManager.getComponentTypeKey(door);
        return Component.in(realm)
                .filter(component -> RegistrationSettings.POLICY_ID.equals(component.getProviderId()))
                .filter(component -> subType.equals(component.getSubType()))
                .findFirst();
    }

    private ComponentModel wanted(RegistrationAuth door, Optional<ComponentModel> found) {
        try {
            return choices.component(realm, door, found.orElse(null));
        } catch (ComponentValidationException invalid) {
            throw new SetupRefused(MessageFormat.format(invalid.getMessage(), invalid.getParameters()));
        }
    }
}
