package dev.mcpclients.keycloak.setup;

/** One thing that setup does to a realm, once, and can take back. */
interface Step {

    /** Names the step in answers, and what it remembers in the realm. */
    String id();

    /** What it does, for an admin who decides whether he wants it. */
    String what();

    /**
     * Whether the realm is as this step leaves it.
     *
     * @throws SetupRefused where the step cannot be done as it was asked for
     */
    boolean isDone();

    /** Does it, and remembers what has to be taken back; what an earlier call remembered stays remembered. */
    void apply();

    /** Whether an earlier call did something that can be taken back. */
    boolean isUndoable();

    /** Takes back what this step did, and nothing that others did since. */
    void undo();
}
