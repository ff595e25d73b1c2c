package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Evidence;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Software as the registry knows it.
 *
 * @param form the full form behind the fingerprint, compared so that a hash never decides alone
 * @param looksLike the known or approved product that it gives itself out for
 * @param limits of an approval
 * @param registeredFrom address of whoever registered it first, null where it is not known any more
 * @param claims JSON array of what registrants claimed, hostile text made harmless, the newest last
 * @param sharedClient the Keycloak client that every registrant of this software receives, null where there is none
 * @param version goes up with every decision
 */
public record Software(
        String id,
        String fingerprint,
        String form,
        Door door,
        String name,
        Evidence evidence,
        @Nullable String looksLike,
        SoftwareState state,
        Basis basis,
        @Nullable String reason,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        Limits limits,
        Instant registeredAt,
        @Nullable String registeredFrom,
        @Nullable Instant usedAt,
        String claims,
        @Nullable SharedClient sharedClient,
        int version) {

    static Software of(SoftwareEntity row, @Nullable SharedClient sharedClient) {
        return new Software(
                row.id,
                row.fingerprint,
                row.form,
                Door.of(row.door).orElseThrow(() -> new IllegalStateException("door of software " + row.id)),
                row.name,
                Evidence.valueOf(row.evidence.toUpperCase(Locale.ROOT)),
                row.looksLike,
                SoftwareState.of(row.state),
                Basis.of(row.basis),
                row.reason,
                row.decidedBy,
                instant(row.decidedAt),
                Limits.of(row.limits),
                Instant.ofEpochMilli(row.registeredAt),
                row.registeredFrom,
                instant(row.usedAt),
                row.claims,
                sharedClient,
                row.version);
    }

    /** Whether it is approved up to a date that has passed: it is treated as pending before the row says so. */
    public boolean isExpired(Instant now) {
        return state == SoftwareState.APPROVED && limits.isOver(now);
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
