/** Mails that tell approvers about new software, and users about decisions, through the mail settings of the realm. */
@NullMarked
package dev.mcpclients.keycloak.notification;

import org.jspecify.annotations.NullMarked;
