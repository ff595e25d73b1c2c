package dev.mcpclients.keycloak.upkeep;

import dev.mcpclients.keycloak.registry.Allowances;
import dev.mcpclients.keycloak.setup.SetupResource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;

/**
 * Notices that an administrator changed what dynamic clients may ask for, resources and their scopes, or by what they are known; and that
 * a user is gone, whose rows no foreign key can take along: federated users have none of Keycloak's own.
 */
public final class AdminChangesListenerFactory implements EventListenerProviderFactory {

    private static final Set<ResourceType> ABOUT_SCOPES =
            EnumSet.of(ResourceType.CLIENT, ResourceType.CLIENT_SCOPE, ResourceType.CLIENT_SCOPE_CLIENT_MAPPING);

    private Duration deadlinesEvery = Duration.ofSeconds(30);

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                boolean failed = event.getError() != null;
                if (!failed && event.getResourceType() == ResourceType.COMPONENT) {
                    EvidenceUpkeep.afterCommit(session, event.getRealmId());
                }
                if (!failed && isAboutScopes(event)) {
                    new ScopeUpkeep(session).afterCommit(event.getRealmId());
                }
            }

            @Override
            public void onEvent(Event event) {
                // Users and clients change no scopes.
            }

            @Override
            public void close() {}
        };
    }

    private static boolean isAboutScopes(AdminEvent event) {
        return ABOUT_SCOPES.contains(event.getResourceType())
                || SetupResource.EVENT.equals(event.getResourceTypeAsString());
    }

    /** In every realm, without a line in its event configuration. */
    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return "mcp-upkeep";
    }

    @Override
    public void init(Config.Scope config) {
        deadlinesEvery = Duration.ofSeconds(Math.max(1, config.getInt("deadlines-every", 30)));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        Deadlines.schedule(factory, deadlinesEvery);
        factory.register(event -> {
            if (event instanceof UserModel.UserRemovedEvent removed) {
                new Allowances(removed.getKeycloakSession()).forget(removed.getUser());
            }
            if (event instanceof PostMigrationEvent started) {
                KeycloakSessionFactory running = started.getFactory();
                KeycloakModelUtils.runJobInTransaction(
                        running, session -> Background.afterCommit(session, EvidenceUpkeep::atStart));
            }
        });
    }

    @Override
    public void close() {}
}
