package dev.mcpclients.keycloak.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.metadata.Claims;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsLogTest {

    private static Claims version(int version) {
        return new Claims("App", null, List.of(), null, String.valueOf(version), null, null, null);
    }

    @Test
    void keepsWhatDiffersAndWritesNothingElse() {
        String log = ClaimsLog.first(version(1));
        assertThat(ClaimsLog.added(log, version(1))).isEmpty();
        assertThat(ClaimsLog.added(log, version(2)))
                .hasValueSatisfying(both -> assertThat(both).contains("\"1\"", "\"2\""));
    }

    @Test
    void keepsTheFirstAndTheNewestOfMany() {
        String log = ClaimsLog.first(version(1));
        for (int i = 2; i <= 20; i++) {
            log = ClaimsLog.added(log, version(i)).orElseThrow();
        }
        assertThat(log)
                .contains("\"1\"", "\"17\"", "\"18\"", "\"19\"", "\"20\"")
                .doesNotContain("\"16\"");
    }
}
