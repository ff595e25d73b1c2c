package dev.mcpclients.keycloak.upkeep;

import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Starts work in the background once the running transaction is committed: what it changed counts then. */
final class Background {

    static void afterCommit(KeycloakSession session, Consumer<KeycloakSessionFactory> work) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        ExecutorService executor = session.getProvider(ExecutorsProvider.class).getExecutor("mcp-upkeep");
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                executor.execute(() -> work.accept(factory));
            }

            @Override
            protected void rollbackImpl() {
                // Nothing changed, so nothing is behind.
            }
        });
    }

    private Background() {}
}
