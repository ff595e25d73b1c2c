package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.resource.MarkedClients;
import dev.mcpclients.keycloak.resource.McpServer;
import dev.mcpclients.keycloak.resource.McpServers;
import dev.mcpclients.keycloak.resource.ResourceUrl;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyManager;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/** MCP servers that dynamic clients may get tokens for, at URLs that work. */
final class ResourceCheck implements Check {

    private static final String EXAMPLE = "https://mcp.example.com/mcp";
    private static final String HTTP = "http:";

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        McpServers servers = new McpServers(session);
        List<McpServer> open = servers.open(realm);
        Stream<Finding> ofUrls =
                MarkedClients.with(session, realm, McpServers.RESOURCE_URL).flatMap(client -> url(realm, client));
        return Stream.concat(ofUrls, open.isEmpty() ? none(realm) : unknownDefaults(realm, servers, open));
    }

    private static Stream<Finding> none(RealmModel realm) {
        return Stream.of(new Finding(
                "no-resource",
                Severity.ERROR,
                "No enabled client has an attribute resource_url that dynamic clients may use",
                "MCP clients that name their MCP server are refused with invalid_target, and no token carries its URL",
                Command.kcadm(
                        "create",
                        "mcp/setup",
                        realm,
                        "-s",
                        "resources=[{\"url\": \"" + EXAMPLE + "\", \"scopes\": [\"mcp:tools\"]}]")));
    }

    private static Stream<Finding> url(RealmModel realm, ClientModel client) {
        String url = client.getAttribute(McpServers.RESOURCE_URL);
        if (ResourceUrl.parse(url).isEmpty()) {
            return Stream.of(new Finding(
                    "resource-url-unusable",
                    Severity.ERROR,
                    "resource_url of client " + client.getClientId()
                            + " is no absolute http or https URL without fragment: " + url,
                    "MCP clients that name this MCP server are refused with invalid_target",
                    command(realm, client, meant(client.getClientId(), url))));
        }
        if (url.startsWith(HTTP)
                && !IssuerCheck.isSafe(ResourceUrl.parse(url).orElseThrow().uri())) {
            return Stream.of(new Finding(
                    "resource-not-https",
                    Severity.WARNING,
                    "resource_url of client " + client.getClientId() + " is " + url,
                    "Access tokens cross the network in the clear",
                    command(realm, client, "https:" + url.substring(HTTP.length()))));
        }
        return Stream.empty();
    }

    /** The URL that somebody may have had in mind: that in the client id, or this one with a scheme and no fragment. */
    private static String meant(String clientId, String url) {
        return Stream.of(clientId, "https://" + url, url.replaceFirst("#.*$", ""))
                .filter(guess -> ResourceUrl.parse(guess).isPresent())
                .findFirst()
                .orElse(EXAMPLE);
    }

    private static String command(RealmModel realm, ClientModel client, String url) {
        return Command.kcadm(
                "update",
                "clients/" + client.getId(),
                realm,
                "-s",
                "attributes." + McpServers.RESOURCE_URL + "=" + url);
    }

    private static Stream<Finding> unknownDefaults(RealmModel realm, McpServers servers, List<McpServer> open) {
        return Arrays.stream(RegistrationAuth.values()).flatMap(door -> {
            String url = RegistrationSettings.at(realm, door).defaultResource();
            return url == null || servers.byUrl(realm, url).isPresent()
                    ? Stream.empty()
                    : RegistrationSettings.components(realm, ClientRegistrationPolicyManager.getComponentTypeKey(door))
                            .stream()
                            .map(policy -> unknownDefault(realm, policy, url, open));
        });
    }

    private static Finding unknownDefault(RealmModel realm, ComponentModel policy, String url, List<McpServer> open) {
        return new Finding(
                "default-resource-unknown",
                Severity.WARNING,
                "The default resource of policy " + policy.getName() + " at the " + policy.getSubType() + " door is "
                        + url + ", which is no MCP server of the realm",
                "MCP clients that name no MCP server are refused with invalid_target",
                Command.setting(
                        realm,
                        policy,
                        RegistrationSettings.DEFAULT_RESOURCE,
                        open.size() == 1 ? List.of(open.get(0).url().toString()) : List.of()));
    }
}
