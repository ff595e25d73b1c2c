package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.registry.Basis;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareState;
import org.jspecify.annotations.Nullable;

/** What evidence does to software that no person has decided about. */
public final class EvidenceRule {

    /** A state and how it was reached. */
    public record Standing(SoftwareState state, Basis basis) {

        static final Standing APPROVED = new Standing(SoftwareState.APPROVED, Basis.EVIDENCE);
        static final Standing WAITING = new Standing(SoftwareState.PENDING, Basis.ADMIN_APPROVAL);
    }

    /** Where an administrator would have to approve, evidence may; never for what looks like other software. */
    static boolean approves(RegistrationSettings settings, Evidence evidence, @Nullable String looksLike) {
        return settings.admission() == Admission.ADMIN_APPROVAL
                && settings.autoApproveEvidence() != null
                && !evidence.isBelow(settings.autoApproveEvidence())
                && looksLike == null;
    }

    /** Where software stands with other evidence, or under other settings: an approval by evidence lasts as long as the evidence. */
    public static Standing next(
            Software software, RegistrationSettings settings, Evidence evidence, @Nullable String looksLike) {
        boolean approved = approves(settings, evidence, looksLike);
        if (software.basis() == Basis.EVIDENCE && !approved) {
            return Standing.WAITING;
        }
        boolean waiting = software.state() == SoftwareState.PENDING && software.basis() == Basis.ADMIN_APPROVAL;
        return waiting && approved ? Standing.APPROVED : new Standing(software.state(), software.basis());
    }

    private EvidenceRule() {}
}
