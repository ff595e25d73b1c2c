package dev.mcpclients.keycloak.catalogue;

/** What the https addresses of a known client show about whoever receives the code there. */
public enum Proof {
    /** It is that product. */
    PRODUCT,
    /** It is something of that vendor's. */
    VENDOR,
    /** Nothing: anybody can receive codes there, or nobody checked. */
    NOTHING
}
