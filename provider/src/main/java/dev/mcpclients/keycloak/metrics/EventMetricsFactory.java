package dev.mcpclients.keycloak.metrics;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.timer.TimerProvider;

/** Makes the listener that counts, and keeps the gauges fresh. */
public final class EventMetricsFactory implements EventListenerProviderFactory {

    private static final EventMetrics METRICS = new EventMetrics();

    /** Milliseconds; scrapes come about as often. */
    private static final long GAUGES_EVERY = 15_000;

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return METRICS;
    }

    /** In every realm, without a line in its event configuration. */
    @Override
    public boolean isGlobal() {
        return true;
    }

    /** On every node, for each is scraped. */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new DecisionTimes());
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                SoftwareGauges gauges = new SoftwareGauges();
                KeycloakModelUtils.runJobInTransaction(factory, session -> session.getProvider(TimerProvider.class)
                        .scheduleTask(gauges, GAUGES_EVERY, "mcp-gauges"));
            }
        });
    }

    @Override
    public String getId() {
        return "mcp-metrics";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void close() {}
}
