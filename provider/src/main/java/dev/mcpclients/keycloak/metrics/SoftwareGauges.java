package dev.mcpclients.keycloak.metrics;

import dev.mcpclients.keycloak.registry.Counts;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareState;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.ScheduledTask;

/** How much software each realm has in each state, from the maintained counts: one row is read for each realm. */
final class SoftwareGauges implements ScheduledTask {

    private final MultiGauge gauges =
            MultiGauge.builder(Meters.SOFTWARE).description("Software by state").register(Metrics.globalRegistry);

    @Override
    public void run(KeycloakSession session) {
        if (Metrics.globalRegistry.getRegistries().isEmpty()) {
            return;
        }
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Map.Entry<String, Counts> realm :
                new SoftwareRegistry(session).countsByRealm().entrySet()) {
            for (SoftwareState state : SoftwareState.values()) {
                rows.add(MultiGauge.Row.of(
                        Tags.of("realm", realm.getKey(), "state", state.wire()),
                        realm.getValue().of(state)));
            }
        }
        gauges.register(rows, true);
    }
}
