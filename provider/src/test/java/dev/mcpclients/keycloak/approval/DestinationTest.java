package dev.mcpclients.keycloak.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.Evidence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationTest {

    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/callback",
                "http://localhost:1234/callback",
                "http://127.0.0.1:33418/",
                "http://[::1]:1/cb",
                "https://localhost:8443/cb",
                "cursor://anysphere.cursor-mcp/oauth/callback",
                "com.raycast:/oauth"
            })
    void callsLoopbackAndPrivateSchemesThisComputerAndProvesNothingByThem(String uri) {
        assertThat(Destination.of(uri).isThisComputer()).isTrue();
        assertThat(Destination.of(uri).written()).isEmpty();
        assertThat(Destination.of(uri).evidence(CATALOGUE)).isEqualTo(Evidence.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://claude.ai/api/mcp/auth_callback, claude.ai, KNOWN",
        "https://CLAUDE.ai/api/mcp/auth_callback, claude.ai, KNOWN",
        "https://evil.example.com/cb, evil.example.com, DOMAIN",
        "https://claude.ai.evil.example.com/api/mcp/auth_callback, claude.ai.evil.example.com, DOMAIN",
        "https://localhost.evil.example.com/cb, localhost.evil.example.com, DOMAIN",
        "http://evil.example.com/cb, evil.example.com, NONE",
        "https://192.0.2.1/cb, 192.0.2.1, NONE",
    })
    void namesTheHostThatReceivesTheCode(String uri, String host, Evidence evidence) {
        assertThat(Destination.of(uri).host()).isEqualTo(host);
        assertThat(Destination.of(uri).evidence(CATALOGUE)).isEqualTo(evidence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://exämple.com/cb", "https://a b/cb", "https:///cb", "http://a_b.example/cb", "https:x"})
    void showsAWebAddressItCannotReadRatherThanThisComputer(String uri) {
        assertThat(Destination.of(uri).isThisComputer()).isFalse();
        assertThat(Destination.of(uri).evidence(CATALOGUE)).isEqualTo(Evidence.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "Claude Code, https://evil.example.com/cb",
        "Claude Code (verified by Anthropic), https://evil.example.com/cb",
        "CIaude Code, http://localhost/cb",
        "ChatGPT, https://claude.ai/api/mcp/auth_callback",
        "Claude, https:x"
    })
    void tellsThatANameBelongsElsewhere(String name, String uri) {
        assertThat(Destination.of(uri).imitated(CATALOGUE, name)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "Claude Code, http://localhost:1234/callback",
        "Claude, https://claude.ai/api/mcp/auth_callback",
        "My own client, https://evil.example.com/cb"
    })
    void findsNothingWrongWithOtherNames(String name, String uri) {
        assertThat(Destination.of(uri).imitated(CATALOGUE, name)).isEmpty();
    }
}
