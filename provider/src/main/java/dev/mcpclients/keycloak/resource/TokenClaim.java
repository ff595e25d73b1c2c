package dev.mcpclients.keycloak.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.RefreshToken;

/**
 * Our claim in a refresh token: that a person allowed the authorization it comes from, and for which MCP server, so that a refresh
 * needs no look-up.
 *
 * @param software software of the client at that time; absent for clients that are not ours
 * @param resource registered URL of the MCP server
 * @param resourceClient internal id of its Keycloak client
 */
record TokenClaim(@Nullable String software, @Nullable String resource, @Nullable String resourceClient) {

    private static final String NAME = "mcp";

    static Optional<TokenClaim> of(RefreshToken token) {
        return token.getOtherClaims().get(NAME) instanceof Map<?, ?> claim
                ? Optional.of(new TokenClaim(text(claim, "sw"), text(claim, "res"), text(claim, "rcid")))
                : Optional.empty();
    }

    void writeTo(@Nullable RefreshToken token) {
        if (token == null) {
            return;
        }
        Map<String, String> claim = new LinkedHashMap<>();
        put(claim, "sw", software);
        put(claim, "res", resource);
        put(claim, "rcid", resourceClient);
        token.getOtherClaims().put(NAME, claim);
    }

    private static void put(Map<String, String> claim, String name, @Nullable String value) {
        if (value != null) {
            claim.put(name, value);
        }
    }

    private static @Nullable String text(Map<?, ?> claim, String name) {
        return claim.get(name) instanceof String value ? value : null;
    }
}
