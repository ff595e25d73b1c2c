package dev.mcpclients.keycloak.metadata;

import org.jspecify.annotations.Nullable;

/**
 * One change that was made to a registration.
 *
 * @param member the member that was changed
 * @param value what was changed or dropped, as it was sent; never shown as it is
 * @param cause the rule a dropped redirect URI broke
 */
public record Repair(String member, String value, RepairRule rule, @Nullable RefusalRule cause) {

    public Repair(String member, String value, RepairRule rule) {
        this(member, value, rule, null);
    }

    /** The public text: what was changed, and why. */
    public String text() {
        String text = Text.filled(rule.text(), rule.reference(), member, value);
        return cause == null ? text : text + " " + Text.filled(cause.text(), cause.reference(), member, value);
    }
}
