package dev.mcpclients.keycloak.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourceUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com/mcp, HTTPS://MCP.Example.Com/mcp",
        "https://mcp.example.com/mcp, https://mcp.example.com:443/mcp",
        "http://mcp.example.com:80/mcp, http://mcp.example.com/mcp",
        "https://mcp.example.com, https://mcp.example.com/",
        "https://mcp.example.com?a=b, https://mcp.example.com/?a=b",
        "http://[::1]:9090/mcp, http://[::1]:9090/mcp",
    })
    void takesUrlsForTheSameThatRfc3986DoesNotTellApart(String one, String other) {
        assertThat(ResourceUrl.same(one, other)).isTrue();
        assertThat(ResourceUrl.same(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com/mcp, https://mcp.example.com/mcp/",
        "https://mcp.example.com/mcp, https://mcp.example.com/mcp/tools",
        "https://mcp.example.com/, https://mcp.example.com/mcp",
        "https://mcp.example.com/mcp, https://mcp.example.com/MCP",
        "https://mcp.example.com/mcp, http://mcp.example.com/mcp",
        "https://mcp.example.com/mcp, https://mcp.example.com:8443/mcp",
        "https://mcp.example.com/mcp, https://mcp.example.com.evil.example/mcp",
        "https://mcp.example.com/mcp, https://mcp.example.com/mcp?a=b",
        "https://mcp.example.com/a%2Fb, https://mcp.example.com/a/b",
    })
    void tellsOtherUrlsApart(String one, String other) {
        assertThat(ResourceUrl.same(one, other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/mcp",
                "mcp.example.com/mcp",
                "https://mcp.example.com/mcp#part",
                "https://mcp.example.com/mcp#",
                "https://user@mcp.example.com/mcp",
                "https:///mcp",
                "https:mcp",
                "urn:example:mcp",
                "javascript:alert(1)",
                "https://mcp.example.com/ mcp",
                "https://mcp.example.com/\nmcp",
                "ftp://mcp.example.com/mcp"
            })
    void refusesWhatIsNoAbsoluteUrlOfAServer(String text) {
        assertThat(ResourceUrl.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2049, 100_000})
    void refusesWhatIsTooLong(int length) {
        assertThat(ResourceUrl.parse("https://a.example/" + "a".repeat(length - 18)))
                .isEmpty();
    }
}
