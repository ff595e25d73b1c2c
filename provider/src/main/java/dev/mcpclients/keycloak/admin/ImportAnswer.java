package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of each row of an import.
 *
 * @param dryRun whether nothing was written
 * @param software how many rows had each outcome
 * @param decisions how many decisions the history got, had already, and could not take
 * @param rows one for each software, in the order of the import, and one for each decision that could not be taken
 */
record ImportAnswer(boolean dryRun, Map<String, Integer> software, Decisions decisions, List<Row> rows) {

    /** Counts of decisions. */
    record Decisions(int added, int unchanged, int refused) {}

    /**
     * One software.
     *
     * @param outcome {@code added}, {@code changed} (the decision of the import is newer), {@code unchanged}, {@code kept} (this realm
     *     has a newer decision) or {@code refused} (the row cannot be read)
     * @param state the software is in now
     * @param notes what is not as in the import, in words
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            @Nullable String id,
            @Nullable String name,
            String outcome,
            @Nullable String state,
            List<Client> clients,
            List<String> notes) {

        static Row refused(@Nullable String id, @Nullable String name, String why) {
            return new Row(id, name, "refused", null, List.of(), List.of(why));
        }
    }

    /**
     * One client of software.
     *
     * @param outcome {@code made}, {@code linked} (it was here already), {@code unchanged} or {@code missing}
     */
    record Client(String clientId, String outcome) {}
}
