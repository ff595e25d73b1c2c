package dev.mcpclients.keycloak.catalogue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How well we know that a client is the software it says it is, weakest first. */
public enum Evidence {
    /** The code goes to a program on the user's computer: any program can ask for it. */
    NONE,
    /** The code goes to a domain, whose owner nobody vouches for. */
    DOMAIN,
    /** The code goes to an address that the catalogue names as this vendor's. */
    KNOWN;

    /** Its name in client attributes and answers. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The evidence of that name. */
    public static Optional<Evidence> of(String wire) {
        return Arrays.stream(values())
                .filter(evidence -> evidence.wire().equals(wire))
                .findFirst();
    }

    public boolean isBelow(Evidence other) {
        return compareTo(other) < 0;
    }

    /** The weaker of the two. */
    public Evidence and(Evidence other) {
        return other.isBelow(this) ? other : this;
    }
}
