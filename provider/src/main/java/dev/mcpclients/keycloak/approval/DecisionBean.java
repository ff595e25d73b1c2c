package dev.mcpclients.keycloak.approval;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * Everything a page of the gate shows that depends on the request, as finished strings: a template only places and escapes them.
 *
 * @param app name of the software
 * @param evidence {@code known}, {@code domain} or {@code none}: how it is coloured
 * @param evidenceLabel evidence in one or two words
 * @param evidenceText evidence in a sentence
 * @param warning that the name looks like that of a known product
 * @param destination host the code goes to, or words for this computer
 * @param destinationText what to look out for
 * @param server name of the MCP server
 * @param serverHost its host and path, where the name does not already say so
 * @param user as whom
 * @param permissions what the software may do, a sentence each
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
        String app,
        String evidence,
        String evidenceLabel,
        String evidenceText,
        @Nullable String warning,
        String destination,
        @Nullable String destinationText,
        @Nullable String server,
        @Nullable String serverHost,
        String user,
        List<String> permissions,
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
