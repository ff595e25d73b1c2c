package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.resource.McpServers;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** An MCP server that dynamic clients may get tokens for. */
final class ResourceCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return new McpServers(session).open(realm).isEmpty()
                ? Stream.of(new Finding(
                        "no-resource",
                        Severity.ERROR,
                        "No enabled client has the attribute resource_url",
                        "MCP clients that name their MCP server are refused with invalid_target, and no token carries its URL",
                        Command.kcadm(
                                "create",
                                "mcp/setup",
                                realm,
                                "-s",
                                "resources=[{\"url\": \"https://mcp.example.com/mcp\", \"scopes\": [\"mcp:tools\"]}]")))
                : Stream.empty();
    }
}
