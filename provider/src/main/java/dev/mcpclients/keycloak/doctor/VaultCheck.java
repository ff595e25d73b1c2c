package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.resource.MarkedClients;
import dev.mcpclients.keycloak.resource.McpServers;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Secrets of MCP servers and listed clients that name an entry of the vault; realm files are read by many, so the name is no secret. */
final class VaultCheck implements Check {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{vault\\..+}");

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        return Stream.of(McpServers.RESOURCE_URL, ClientAttributes.PREREGISTERED)
                .flatMap(attribute -> MarkedClients.with(session, realm, attribute))
                .distinct()
                .filter(client -> isUnresolved(session, client.getSecret()))
                .map(client -> finding(realm, client));
    }

    /** Keycloak 26.7 takes the reference itself for the secret where the vault has no such entry, or where there is no vault. */
    private static boolean isUnresolved(KeycloakSession session, String secret) {
        if (secret == null || !REFERENCE.matcher(secret).matches()) {
            return false;
        }
        try (var resolved = session.vault().getStringSecret(secret)) {
            return resolved.get().isEmpty();
        }
    }

    private static Finding finding(RealmModel realm, ClientModel client) {
        return new Finding(
                "secret-not-in-vault",
                Severity.WARNING,
                "The vault has no entry for " + client.getSecret() + ", the secret of client " + client.getClientId(),
                "Keycloak takes the reference itself for the secret: whoever knows it can act as this client. Add the entry to the"
                        + " vault, or let the command make a new secret",
                Command.kcadm("create", "clients/" + client.getId() + "/client-secret", realm));
    }
}
