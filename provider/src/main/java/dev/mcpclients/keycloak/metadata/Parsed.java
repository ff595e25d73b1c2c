package dev.mcpclients.keycloak.metadata;

/** The outcome of reading metadata. */
public sealed interface Parsed {
    /** Its members have the right types. */
    record Ok(ClientMetadata metadata) implements Parsed {}

    /** It is not client metadata. */
    record Refused(Refusal refusal) implements Parsed {}
}
