package dev.mcpclients.keycloak.registration;

import java.time.Duration;

/**
 * How much mail people get.
 *
 * @param reminderAfter how long software waits until approvers are reminded of it; zero: they never are
 * @param digestAfter mails about single software that approvers get in a day
 * @param receivers people whom one thing is told at most
 */
public record MailSettings(Duration reminderAfter, int digestAfter, int receivers) {

    /** Whether approvers are reminded. */
    public boolean reminds() {
        return !reminderAfter.isZero();
    }
}
