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
 * @param waitingSince sentence that says since when this login waits
 * @param explaining whether the user is writing a reason
 * @param over whether the wait has ended
 * @param approvalsUrl where a user who may decide does so, apart from this login
 * @param reason of a denial
 * @param problem why the request cannot be served
 */
record DecisionBean(
        Identity identity,
        @Nullable String allowedBefore,
        boolean careful,
        String refreshUrl,
        @Nullable String waitingSince,
        boolean explaining,
        boolean over,
        @Nullable String approvalsUrl,
        @Nullable String reason,
        @Nullable String problem) {

    /** As FreeMarker of Keycloak 26.7 reads it: that version does not see the components of a record. */
    Map<?, ?> model() {
        return JsonSerialization.mapper.convertValue(this, Map.class);
    }
}
