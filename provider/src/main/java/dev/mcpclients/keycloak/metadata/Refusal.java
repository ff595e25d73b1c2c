package dev.mcpclients.keycloak.metadata;

/**
 * One refusal, as the caller sees it.
 *
 * @param member the member that held the offending value; empty where it is the whole request
 * @param value the offending value as it was sent; never shown as it is
 */
public record Refusal(RefusalRule rule, String member, String value) {

    /** A refusal of the whole request. */
    public static Refusal of(RefusalRule rule) {
        return new Refusal(rule, "", "");
    }

    public int status() {
        return rule.status();
    }

    /** The error code of RFC 7591 section 3.2.2. */
    public String error() {
        return rule.error();
    }

    /** The public text: what the client's developer must change, and why. */
    public String description() {
        return Text.filled(rule.text(), rule.reference(), member, value);
    }
}
