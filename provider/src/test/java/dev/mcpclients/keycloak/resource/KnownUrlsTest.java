package dev.mcpclients.keycloak.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KnownUrlsTest {

    private final KnownUrls urls = new KnownUrls();

    @Test
    void keepsRealmsApart() {
        urls.put("realm", "https://mcp.example.com/", "uuid");

        assertThat(urls.clientUuid("realm", "https://mcp.example.com/")).contains("uuid");
        assertThat(urls.clientUuid("other", "https://mcp.example.com/")).isEmpty();
    }

    @Test
    void forgetsWhatWasNotUsedForLongestRatherThanGrow() {
        for (int i = 0; i < 1000; i++) {
            urls.put("realm", "https://mcp.example.com/" + i, "uuid");
        }
        urls.clientUuid("realm", "https://mcp.example.com/0");

        urls.put("realm", "https://mcp.example.com/one-more", "uuid");

        assertThat(urls.clientUuid("realm", "https://mcp.example.com/0")).isPresent();
        assertThat(urls.clientUuid("realm", "https://mcp.example.com/1")).isEmpty();
    }
}
