package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mcpclients.keycloak.approval.LimitsRequest;
import dev.mcpclients.keycloak.registry.AccessRequest;
import dev.mcpclients.keycloak.registry.Software;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Software as admin REST shows it. Times are ISO 8601.
 *
 * @param looksLike the known or approved product that it gives itself out for
 * @param limits of an approval
 * @param expired whether it is approved up to a date that has passed: it is treated as pending
 * @param registeredFrom address of whoever registered it first, until it is forgotten
 * @param claims what registrants said about themselves, the newest last; proves nothing
 * @param detail what a list leaves out
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
        @Nullable LimitsRequest limits,
        @Nullable Boolean expired,
        String registeredAt,
        @Nullable String registeredFrom,
        @Nullable String usedAt,
        @JsonRawValue String claims,
        String fingerprint,
        @JsonUnwrapped @Nullable Detail detail,
        int version) {

    /**
     * What one look at software shows besides its row.
     *
     * @param form full form behind the fingerprint: name, redirect URIs, authentication method
     * @param clients client ids of its Keycloak clients
     * @param users how many users have allowed it something
     * @param requests users who wait for a decision, at most 100
     * @param decisions its newest decisions
     * @param lookAlikes the newest decisions about other software whose name looks the same
     */
    record Detail(
            String form,
            List<String> clients,
            int users,
            List<Request> requests,
            List<DecisionRepresentation> decisions,
            List<DecisionRepresentation> lookAlikes) {}

    /** A user who waits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Request(String userId, @Nullable String username, @Nullable String reason, String askedAt) {
        static Request of(KeycloakSession session, RealmModel realm, AccessRequest request) {
            UserModel user = session.users().getUserById(realm, request.userId());
            return new Request(
                    request.userId(),
                    user == null ? null : user.getUsername(),
                    request.reason(),
                    request.askedAt().toString());
        }
    }

    static SoftwareRepresentation of(RealmModel realm, Software software, @Nullable Detail detail) {
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
                LimitsRequest.of(realm, software.limits()),
                software.isExpired(Instant.ofEpochMilli(Time.currentTimeMillis())) ? true : null,
                software.registeredAt().toString(),
                software.registeredFrom(),
                text(software.usedAt()),
                software.claims(),
                software.fingerprint(),
                detail,
                software.version());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
