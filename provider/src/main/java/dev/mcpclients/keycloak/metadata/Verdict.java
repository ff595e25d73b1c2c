package dev.mcpclients.keycloak.metadata;

import java.util.List;

/** What the rules say to a registration. */
public sealed interface Verdict {
    /** It can be stored as it stands here. */
    record Accepted(Registration registration, List<Repair> repairs) implements Verdict {
        public Accepted {
            repairs = List.copyOf(repairs);
        }
    }

    /** It cannot be accepted. */
    record Refused(Refusal refusal) implements Verdict {}
}
