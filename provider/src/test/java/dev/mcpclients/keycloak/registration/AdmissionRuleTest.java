package dev.mcpclients.keycloak.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.RefusalRule;
import dev.mcpclients.keycloak.registration.AdmissionRule.Entry;
import dev.mcpclients.keycloak.registry.Basis;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionRuleTest {

    private static final Limits ONLY_TOOLS = new Limits(Set.of(), Set.of(), Set.of("mcp:tools"), null);

    private static Software software(Door door, SoftwareState state, Basis basis) {
        return new Software(
                "id-" + door,
                "hash",
                "form",
                door,
                "App",
                Evidence.NONE,
                null,
                state,
                basis,
                "why",
                "bob",
                null,
                ONLY_TOOLS,
                Instant.EPOCH,
                null,
                null,
                "[]",
                null,
                0);
    }

    @ParameterizedTest
    @CsvSource({"OPEN,APPROVED,OPEN", "USER_APPROVAL,APPROVED,USER_APPROVAL", "ADMIN_APPROVAL,PENDING,ADMIN_APPROVAL"})
    void newSoftwareGetsTheStateOfTheAdmission(Admission admission, SoftwareState state, Basis basis) {
        assertThat(AdmissionRule.decide(Door.ANONYMOUS, admission, List.of()))
                .isEqualTo(new Entry.New(state, basis, null, null, Limits.NONE));
    }

    @Test
    void tokenOnlyAndClosedLetNothingNewIn() {
        assertThat(AdmissionRule.decide(Door.ANONYMOUS, Admission.TOKEN_ONLY, List.of()))
                .isEqualTo(new Entry.Refused(RefusalRule.INITIAL_ACCESS_TOKEN_REQUIRED));
        assertThat(AdmissionRule.decide(Door.AUTHENTICATED, Admission.TOKEN_ONLY, List.of()))
                .isEqualTo(new Entry.Refused(RefusalRule.CLOSED));
        assertThat(AdmissionRule.decide(Door.ANONYMOUS, Admission.CLOSED, List.of()))
                .isEqualTo(new Entry.Refused(RefusalRule.CLOSED));
    }

    @ParameterizedTest
    @EnumSource(Admission.class)
    void noAdmissionChangesTheStateOfKnownSoftware(Admission admission) {
        Software pending = software(Door.ANONYMOUS, SoftwareState.PENDING, Basis.ADMIN_APPROVAL);
        assertThat(AdmissionRule.decide(Door.ANONYMOUS, admission, List.of(pending)))
                .isEqualTo(new Entry.Known(pending));
    }

    @ParameterizedTest
    @EnumSource(Admission.class)
    void deniedSoftwareIsRefusedAtEveryDoor(Admission admission) {
        Software denied = software(Door.ANONYMOUS, SoftwareState.DENIED, Basis.DECISION);
        for (Door door : Door.values()) {
            assertThat(AdmissionRule.decide(door, admission, List.of(denied)))
                    .isEqualTo(new Entry.Refused(RefusalRule.DENIED_SOFTWARE));
        }
    }

    @ParameterizedTest
    @EnumSource(Admission.class)
    void aHumanDecisionHoldsAtTheOtherDoor(Admission admission) {
        Software approved = software(Door.AUTHENTICATED, SoftwareState.APPROVED, Basis.DECISION);
        assertThat(AdmissionRule.decide(Door.ANONYMOUS, admission, List.of(approved)))
                .isEqualTo(new Entry.New(SoftwareState.APPROVED, Basis.DECISION, "why", "bob", ONLY_TOOLS));
    }

    @Test
    void whatOneDoorLetInWithoutADecisionIsNewAtTheOther() {
        Software open = software(Door.AUTHENTICATED, SoftwareState.APPROVED, Basis.OPEN);
        assertThat(AdmissionRule.decide(Door.ANONYMOUS, Admission.ADMIN_APPROVAL, List.of(open)))
                .isEqualTo(new Entry.New(SoftwareState.PENDING, Basis.ADMIN_APPROVAL, null, null, Limits.NONE));
    }
}
