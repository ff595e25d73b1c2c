package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.resource.McpServer;
import dev.mcpclients.keycloak.resource.McpServers;
import dev.mcpclients.keycloak.resource.ResourceNotes;
import dev.mcpclients.keycloak.resource.ResourceUrl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Finds the MCP server of an authorization request, once per authentication session. */
final class Targets {

    private static final String FOUND = "mcp.server";
    private static final String NOT_OURS = "mcp.server.none";

    private final RealmModel realm;
    private final McpServers servers;

    Targets(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.servers = new McpServers(session);
    }

    /** For a client of ours. */
    Target of(AuthenticationSessionModel authSession, RegistrationSettings settings) {
        String requested = authSession.getClientNote(OAuth2Constants.RESOURCE);
        String wanted = requested == null ? settings.defaultResource() : requested;
        if (wanted == null) {
            return new Target.Nothing();
        }
        return find(authSession, wanted)
                .filter(server -> isOpen(server, authSession.getClient()))
                .filter(server -> ClientAttributes.limitsOf(authSession.getClient())
                        .allowResource(server.url().toString()))
                .<Target>map(Target.Server::new)
                .orElseGet(() -> new Target.Unacceptable(wanted));
    }

    /** For another client: leaves a note for the token endpoint where the requested resource is an MCP server of the realm. */
    void note(AuthenticationSessionModel authSession) {
        String requested = authSession.getClientNote(OAuth2Constants.RESOURCE);
        if (requested == null || authSession.getAuthNote(NOT_OURS) != null) {
            return;
        }
        String note = ResourceNotes.noteFor(requested);
        if (authSession.getClientNote(note) == null) {
            byUrl(requested)
                    .ifPresentOrElse(
                            server -> authSession.setClientNote(note, server.clientUuid()),
                            () -> authSession.setAuthNote(NOT_OURS, "true"));
        }
    }

    private Optional<McpServer> find(AuthenticationSessionModel authSession, String wanted) {
        String uuid = authSession.getAuthNote(FOUND);
        if (uuid != null) {
            return servers.byClient(realm, uuid)
                    .filter(server -> ResourceUrl.same(server.url().toString(), wanted));
        }
        Optional<McpServer> found = byUrl(wanted);
        found.ifPresent(server -> authSession.setAuthNote(FOUND, server.clientUuid()));
        return found;
    }

    private Optional<McpServer> byUrl(String url) {
        return ResourceUrl.parse(url).flatMap(parsed -> servers.byUrl(realm, url));
    }

    private boolean isOpen(McpServer server, ClientModel client) {
        @Nullable ClientModel resource = realm.getClientById(server.clientUuid());
        return resource != null && McpServers.isOpenTo(resource, client);
    }
}
