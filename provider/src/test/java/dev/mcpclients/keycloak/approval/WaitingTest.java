package dev.mcpclients.keycloak.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WaitingTest {

    @Test
    void endsWhenTheTimeIsUp() {
        Waiting waiting = new Waiting(Instant.ofEpochSecond(1_000), Duration.ofMinutes(10));

        assertThat(waiting.isOver(Instant.ofEpochSecond(1_000))).isFalse();
        assertThat(waiting.isOver(Instant.ofEpochSecond(1_599))).isFalse();
        assertThat(waiting.isOver(Instant.ofEpochSecond(1_600))).isTrue();
    }
}
