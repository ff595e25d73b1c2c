package dev.mcpclients.keycloak.approval;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * Everything a page of the gate shows that depends on the request, as finished strings: a template only places and escapes them.
 *
 * @param identity who asks, and for what
 * @param allowedBefore sentence that says when the user allowed the same before; the page is short then
 * @param careful whether the page makes refusing the easy choice
 * @param refreshUrl address of this page for a look again
 * @param waiting for an approver
 * @param reason of a denial
 * @param problem why the request cannot be served
 */
record DecisionBean(
        Identity identity,
        @Nullable String allowedBefore,
        boolean careful,
        String refreshUrl,
        @Nullable Wait waiting,
        @Nullable String reason,
        @Nullable String problem) {

    /**
     * What a login that waits shows.
     *
     * @param since sentence that says since when
     * @param explaining whether the user is writing a reason
     * @param over whether it has ended
     * @param held whether the page stays as it is until the user looks again
     * @param heldUrl address of this page that does
     * @param approvalsUrl where a user who may decide does so, apart from this login
     */
    record Wait(
            String since,
            boolean explaining,
            boolean over,
            boolean held,
            String heldUrl,
            @Nullable String approvalsUrl) {}

    /** As FreeMarker of Keycloak 26.7 reads it: that version does not see the components of a record. */
    Map<?, ?> model() {
        return JsonSerialization.mapper.convertValue(this, Map.class);
    }
}
