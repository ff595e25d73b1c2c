package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.registration.AdmissionRule.Entry;
import dev.mcpclients.keycloak.registration.EvidenceRule.Standing;
import dev.mcpclients.keycloak.registry.Basis;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.NewSoftware;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/** Makes of a registration the software that the registry adds. */
final class Newcomer {

    /** What it looks like among known clients and approved software, and what its evidence is good for, are found out here. */
    static NewSoftware of(
            Entry.New entry,
            Registration registration,
            Door door,
            RegistrationSettings settings,
            SoftwareRegistry registry,
            RealmModel realm) {
        @Nullable
        String looksLike = registration.looksLike() == null
                ? registry.approvedAlike(
                        realm, registration.name(), registration.fingerprint().hash())
                : registration.looksLike();
        boolean byEvidence = entry.basis() == Basis.ADMIN_APPROVAL
                && EvidenceRule.approves(settings, registration.evidence(), looksLike);
        Standing standing = byEvidence ? Standing.APPROVED : new Standing(entry.state(), entry.basis());
        return new NewSoftware(
                registration.fingerprint(),
                door,
                registration.name(),
                registration.evidence(),
                looksLike,
                standing.state(),
                standing.basis(),
                entry.reason(),
                entry.decidedBy(),
                entry.limits(),
                door != Door.CIMD && RegistrationSettings.keepsAddresses(realm),
                ClaimsLog.first(registration.claims()));
    }

    private Newcomer() {}
}
