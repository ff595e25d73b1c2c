/** The approvals page: where approvers see the queue of software and decide, at {@code /realms/{realm}/mcp/approvals}. */
@NullMarked
package dev.mcpclients.keycloak.approvals;

import org.jspecify.annotations.NullMarked;
