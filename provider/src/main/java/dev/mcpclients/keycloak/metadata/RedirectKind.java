package dev.mcpclients.keycloak.metadata;

/** Where a redirect URI leads. */
public enum RedirectKind {
    /** To a server on a host. */
    HTTPS,
    /** To a program on the user's own computer, over http or https. */
    LOOPBACK,
    /** To the app that claims the URI scheme (RFC 8252 section 7.1). */
    PRIVATE_USE
}
