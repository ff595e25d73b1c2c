package dev.mcpclients.keycloak.setup;

import dev.mcpclients.keycloak.resource.TokenGuard;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/** Registers and enables the required action that asks the user; without it no client of ours gets a code. */
final class RequiredActionStep implements Step {

    private static final int AFTER_KEYCLOAKS_OWN = 900;

    private final RealmModel realm;
    private final Memory<Before> memory;

    /** Whether the action was registered before, and enabled. */
    record Before(boolean registered, boolean enabled) {}

    RequiredActionStep(RealmModel realm) {
        this.realm = realm;
        this.memory = new Memory<>(realm, id(), Before.class);
    }

    @Override
    public String id() {
        return "required-action";
    }

    @Override
    public String what() {
        return "required action " + TokenGuard.GATE
                + ", registered and enabled: it shows the decision and waiting screens";
    }

    @Override
    public boolean isDone() {
        RequiredActionProviderModel action = action();
        return action != null && action.isEnabled();
    }

    @Override
    public void apply() {
        RequiredActionProviderModel action = action();
        if (memory.read().isEmpty()) {
            memory.write(new Before(action != null, action != null && action.isEnabled()));
        }
        if (action != null) {
            action.setEnabled(true);
            realm.updateRequiredActionProvider(action);
            return;
        }
        RequiredActionProviderModel made = new RequiredActionProviderModel();
        made.setAlias(TokenGuard.GATE);
        made.setProviderId(TokenGuard.GATE);
        made.setName("Decide about an MCP client");
        made.setEnabled(true);
        made.setPriority(AFTER_KEYCLOAKS_OWN);
        realm.addRequiredActionProvider(made);
    }

    @Override
    public boolean isUndoable() {
        return memory.read().isPresent();
    }

    @Override
    public void undo() {
        RequiredActionProviderModel action = action();
        Before before = memory.read().orElse(null);
        if (action != null && before != null) {
            takeBack(action, before);
        }
        memory.forget();
    }

    private void takeBack(RequiredActionProviderModel action, Before before) {
        if (before.registered()) {
            action.setEnabled(before.enabled());
            realm.updateRequiredActionProvider(action);
        } else {
            realm.removeRequiredActionProvider(action);
        }
    }

    private @Nullable RequiredActionProviderModel action() {
        return realm.getRequiredActionProviderByAlias(TokenGuard.GATE);
    }
}
