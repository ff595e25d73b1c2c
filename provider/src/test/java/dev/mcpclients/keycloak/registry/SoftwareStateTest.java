package dev.mcpclients.keycloak.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoftwareStateTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "APPROVED", "Approved", "approved ", "yes", "true"})
    void whatCannotBeReadIsPending(String stored) {
        assertThat(SoftwareState.of(stored)).isEqualTo(SoftwareState.PENDING);
    }

    @ParameterizedTest
    @EnumSource(SoftwareState.class)
    void readsWhatItWrites(SoftwareState state) {
        assertThat(SoftwareState.of(state.wire())).isEqualTo(state);
    }

    @Test
    void onlyADecisionIsHuman() {
        for (Basis basis : Basis.values()) {
            assertThat(basis.isHuman()).isEqualTo(basis == Basis.DECISION);
            assertThat(Basis.of(basis.wire())).isEqualTo(basis);
        }
        assertThat(Basis.of("nonsense").isHuman()).isFalse();
    }
}
