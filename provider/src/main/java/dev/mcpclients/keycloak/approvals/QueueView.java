package dev.mcpclients.keycloak.approvals;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of software as finished strings: the template only places and escapes them.
 *
 * @param notice what became of the last decision
 * @param left what the last decision did not change
 * @param tabs the states, the one shown marked
 * @param state of the tab shown, to be kept by the filter form
 * @param narrowed whether a filter or search hides something
 * @param newest address of the first page, null on it
 * @param next address of the page after, null on the last
 * @param reason what was typed into a form that was not taken
 * @param problem why it was not taken
 */
record QueueView(
        @Nullable String notice,
        List<Left> left,
        String listUrl,
        List<Tab> tabs,
        String state,
        List<Choice> evidences,
        List<Choice> doors,
        String search,
        boolean narrowed,
        List<Row> rows,
        @Nullable String newest,
        @Nullable String next,
        String formUrl,
        String reason,
        @Nullable String problem) {

    /** A state and how much software is in it. */
    record Tab(String label, @Nullable String count, String url, boolean current) {}

    /**
     * Software that somebody else had decided about.
     *
     * @param decision who and when
     */
    record Left(String name, String url, String stateLabel, @Nullable String decision) {}

    record Choice(String value, String label, boolean selected) {}

    /**
     * One software.
     *
     * @param pick its id and the version that is shown, what a checkbox sends
     * @param warning that the name looks like that of a known product
     */
    record Row(
            String pick,
            String url,
            String name,
            String state,
            String stateLabel,
            String evidence,
            String evidenceLabel,
            @Nullable String warning,
            List<String> destinations,
            String door,
            When registered) {}

    /**
     * A time.
     *
     * @param iso for machines
     * @param text in the visitor's language
     */
    record When(String iso, String text) {}
}
