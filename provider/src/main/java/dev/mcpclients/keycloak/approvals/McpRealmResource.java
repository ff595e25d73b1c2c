package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;

/** What a realm that registers MCP clients serves below {@code /realms/{realm}/mcp}; other realms have none of it. */
public final class McpRealmResource {

    private final KeycloakSession session;

    McpRealmResource(KeycloakSession session) {
        this.session = session;
    }

    @Path("approvals")
    public ApprovalsResource approvals() {
        if (!RegistrationSettings.isRegistering(session.getContext().getRealm())) {
            throw new NotFoundException();
        }
        return new ApprovalsResource(session);
    }
}
