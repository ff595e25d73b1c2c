package dev.mcpclients.keycloak.metrics;

import dev.mcpclients.keycloak.registry.SoftwareDecided;
import java.time.Duration;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Times how long software waited for a decision, on whatever page or by whatever request it was made. */
final class DecisionTimes implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (!(event instanceof SoftwareDecided decided)) {
            return;
        }
        Duration waited = decided.waited();
        if (waited != null) {
            String realm = decided.realm().getName();
            afterCommit(decided, () -> Meters.decided(realm, decided.action().wire(), waited));
        }
    }

    private static void afterCommit(SoftwareDecided decided, Runnable task) {
        decided.session().getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                task.run();
            }

            @Override
            protected void rollbackImpl() {
                // Nothing was decided.
            }
        });
    }
}
