package dev.mcpclients.keycloak.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.JsonSerialization;

final class TokenClaimTest {

    @Test
    void comesBackFromARefreshToken() throws Exception {
        TokenClaim claim = new TokenClaim("software", "https://mcp.example.com/mcp", "uuid");

        assertThat(TokenClaim.of(sent(claim))).contains(claim);
        assertThat(TokenClaim.of(sent(new TokenClaim("software", null, null))))
                .contains(new TokenClaim("software", null, null));
    }

    @Test
    void isNotReadFromAnythingElse() throws Exception {
        assertThat(TokenClaim.of(empty())).isEmpty();
        for (Object other : List.of("text", 1, List.of("a"))) {
            RefreshToken token = empty();
            token.getOtherClaims().put("mcp", other);
            assertThat(TokenClaim.of(token)).isEmpty();
        }
        RefreshToken token = empty();
        token.getOtherClaims().put("mcp", Map.of("sw", 1, "res", List.of()));
        assertThat(TokenClaim.of(token)).contains(new TokenClaim(null, null, null));
    }

    @Test
    void needsNoRefreshToken() {
        new TokenClaim("software", null, null).writeTo(null);
    }

    private static RefreshToken empty() throws Exception {
        return JsonSerialization.readValue("{}", RefreshToken.class);
    }

    private static RefreshToken sent(TokenClaim claim) throws Exception {
        RefreshToken token = empty();
        claim.writeTo(token);
        return JsonSerialization.readValue(JsonSerialization.writeValueAsString(token), RefreshToken.class);
    }
}
