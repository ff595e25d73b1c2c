package dev.mcpclients.keycloak.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.registration.EvidenceRule.Standing;
import dev.mcpclients.keycloak.registry.Basis;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.common.util.MultivaluedHashMap;

class EvidenceRuleTest {

    @ParameterizedTest
    @CsvSource({
        "admin-approval, known, KNOWN,, true",
        "admin-approval, known, DOMAIN,, false",
        "admin-approval, domain, DOMAIN,, true",
        "admin-approval, domain, KNOWN,, true",
        "admin-approval, domain, NONE,, false",
        "admin-approval, domain, DOMAIN, Claude, false",
        "admin-approval, off, KNOWN,, false",
        "user-approval, known, KNOWN,, false",
        "open, known, KNOWN,, false",
        "token-only, known, KNOWN,, false",
        "closed, known, KNOWN,, false"
    })
    void approvesWhereAnAdministratorWouldHaveTo(
            String admission, String from, Evidence evidence, @Nullable String looksLike, boolean approved) {
        assertThat(EvidenceRule.approves(settings(admission, from), evidence, looksLike))
                .isEqualTo(approved);
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED, EVIDENCE, known, KNOWN,, APPROVED, EVIDENCE",
        "APPROVED, EVIDENCE, known, DOMAIN,, PENDING, ADMIN_APPROVAL",
        "APPROVED, EVIDENCE, off, KNOWN,, PENDING, ADMIN_APPROVAL",
        "APPROVED, EVIDENCE, known, KNOWN, Claude, PENDING, ADMIN_APPROVAL",
        "PENDING, ADMIN_APPROVAL, known, KNOWN,, APPROVED, EVIDENCE",
        "PENDING, ADMIN_APPROVAL, known, DOMAIN,, PENDING, ADMIN_APPROVAL",
        "APPROVED, DECISION, known, NONE,, APPROVED, DECISION",
        "DENIED, DECISION, known, KNOWN,, DENIED, DECISION",
        "PENDING, DECISION, known, KNOWN,, PENDING, DECISION",
        "APPROVED, OPEN, known, NONE,, APPROVED, OPEN",
        "APPROVED, USER_APPROVAL, known, KNOWN,, APPROVED, USER_APPROVAL"
    })
    void anApprovalByEvidenceLastsAsLongAsTheEvidence(
            SoftwareState state,
            Basis basis,
            String from,
            Evidence evidence,
            @Nullable String looksLike,
            SoftwareState next,
            Basis nextBasis) {
        assertThat(EvidenceRule.next(software(state, basis), settings("admin-approval", from), evidence, looksLike))
                .isEqualTo(new Standing(next, nextBasis));
    }

    private static RegistrationSettings settings(String admission, String from) {
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        config.putSingle("admission", admission);
        config.putSingle("auto-approve-evidence", from);
        return RegistrationSettings.parse(config);
    }

    private static Software software(SoftwareState state, Basis basis) {
        return new Software(
                "id",
                "hash",
                "form",
                Door.ANONYMOUS,
                "App",
                Evidence.NONE,
                null,
                state,
                basis,
                null,
                null,
                null,
                Limits.NONE,
                Instant.EPOCH,
                null,
                null,
                "[]",
                null,
                0);
    }
}
