package dev.mcpclients.keycloak.metadata;

/** Whether a registration can share its Keycloak client with everybody who has the same software. */
public enum Kind {
    /** Public, made from its fingerprint and a fixed template alone, handed to every registrant of that software. */
    SHARED,
    /** Has credentials or members of its own, and so a client of its own. */
    OWN
}
