package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.mcpclients.keycloak.registry.AccessRequest;
import dev.mcpclients.keycloak.registry.Software;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Software as admin REST shows it. Times are ISO 8601.
 *
 * @param looksLike the known or approved product that it gives itself out for
 * @param claims what registrants said about themselves, the newest last; proves nothing
 * @param clients client ids of its Keycloak clients, in the detail only
 * @param requests users who wait for a decision, in the detail only
 * @param version to be sent back with a decision, so that two people do not decide over each other
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SoftwareRepresentation(
        String id,
        String name,
        String state,
        String basis,
        String door,
        String evidence,
        @Nullable String looksLike,
        @Nullable String reason,
        @Nullable String decidedBy,
        @Nullable String decidedAt,
        String registeredAt,
        @Nullable String usedAt,
        @JsonRawValue String claims,
        String fingerprint,
        @Nullable String form,
        @Nullable List<String> clients,
        @Nullable List<Request> requests,
        int version) {

    /** A user who waits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Request(String userId, @Nullable String reason, String askedAt) {
        static Request of(AccessRequest request) {
            return new Request(
                    request.userId(), request.reason(), request.askedAt().toString());
        }
    }

    static SoftwareRepresentation row(Software software) {
        return of(software, null, null, null);
    }

    static SoftwareRepresentation detail(Software software, List<String> clients, List<AccessRequest> requests) {
        return of(
                software,
                software.form(),
                clients,
                requests.stream().map(Request::of).toList());
    }

    private static SoftwareRepresentation of(
            Software software,
            @Nullable String form,
            @Nullable List<String> clients,
            @Nullable List<Request> requests) {
        return new SoftwareRepresentation(
                software.id(),
                software.name(),
                software.state().wire(),
                software.basis().wire(),
                software.door().wire(),
                software.evidence().wire(),
                software.looksLike(),
                software.reason(),
                software.decidedBy(),
                text(software.decidedAt()),
                software.registeredAt().toString(),
                text(software.usedAt()),
                software.claims(),
                software.fingerprint(),
                form,
                clients,
                requests,
                software.version());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
