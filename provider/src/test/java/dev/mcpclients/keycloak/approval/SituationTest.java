package dev.mcpclients.keycloak.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.registry.SoftwareState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SituationTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "APPROVED, code, challenge, S256, DECIDE",
                "PENDING,  code, challenge, S256, WAIT",
                "DENIED,   code, challenge, S256, DENIED",
                "DENIED,   token, -, -, DENIED",
                "APPROVED, code token, challenge, S256, NOT_A_CODE",
                "APPROVED, token, challenge, S256, NOT_A_CODE",
                "APPROVED, none, challenge, S256, NOT_A_CODE",
                "APPROVED, -, challenge, S256, NOT_A_CODE",
                "APPROVED, code, -, S256, NO_PKCE",
                "APPROVED, code, challenge, plain, NO_PKCE",
                "APPROVED, code, challenge, -, NO_PKCE",
                "PENDING,  code, -, -, NO_PKCE"
            })
    void followsFromStateAndRequest(
            SoftwareState state, String responseType, String challenge, String method, Situation situation) {
        assertThat(Situation.of(state, new Target.Nothing(), responseType, challenge, method))
                .isEqualTo(situation);
    }

    @ParameterizedTest
    @CsvSource({"APPROVED, NO_SUCH_RESOURCE", "PENDING, NO_SUCH_RESOURCE", "DENIED, DENIED"})
    void doesNotWaitForWhatCannotEndWell(SoftwareState state, Situation situation) {
        assertThat(Situation.of(state, new Target.Unacceptable("x"), "code", "challenge", "S256"))
                .isEqualTo(situation);
    }
}
