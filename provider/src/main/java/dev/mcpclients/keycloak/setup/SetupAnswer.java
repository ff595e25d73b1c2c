package dev.mcpclients.keycloak.setup;

import java.util.List;

/**
 * What setup has done, or would do.
 *
 * @param untouched what stays as it is, in words
 */
record SetupAnswer(boolean dryRun, boolean undo, List<StepAnswer> steps, List<String> untouched) {

    /** One step: {@code already-done}, {@code to-do} (in a dry run), {@code done} or {@code nothing-to-undo}. */
    record StepAnswer(String id, String what, String state) {}
}
