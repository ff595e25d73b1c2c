package dev.mcpclients.keycloak.registry;

/**
 * The client that every registrant of the same software receives.
 *
 * @param uuid Keycloak's internal id
 * @param clientId OAuth client id
 */
public record SharedClient(String uuid, String clientId) {}
