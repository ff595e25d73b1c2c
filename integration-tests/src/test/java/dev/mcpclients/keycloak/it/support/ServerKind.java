package dev.mcpclients.keycloak.it.support;

/** The servers of a test run; each is started when the first test asks for it. */
public enum ServerKind {
    /** With our JARs on PostgreSQL: what nearly all tests use. */
    POSTGRES,
    /**
     * With our JARs on the H2 file database that development starts with, and with Keycloak's experimental feature {@code
     * resource-indicators}, which does a job of ours in another way.
     */
    H2,
    /** Without our JARs, on PostgreSQL: what the others are compared with. */
    STOCK
}
