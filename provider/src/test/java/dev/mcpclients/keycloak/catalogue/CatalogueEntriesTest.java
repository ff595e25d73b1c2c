package dev.mcpclients.keycloak.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpclients.keycloak.metadata.RedirectUri;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueEntriesTest {
    private static final String ACME =
            "{'id': 'acme', 'name': 'Acme Agent', 'vendor': 'Acme', 'redirectUris': ['https://agent.acme.example/cb'],"
                    + " 'domains': ['acme.example']}";

    @Test
    void anAddedEntryProvesAndIsImitated() {
        Catalogue catalogue = with(ACME);
        assertThat(catalogue.evidenceOf(uri("https://agent.acme.example/cb"))).isEqualTo(Evidence.KNOWN);
        assertThat(catalogue.evidenceOf(uri("https://agent.acme.example/other")))
                .isEqualTo(Evidence.DOMAIN);
        assertThat(imitated(catalogue, "ACME agent (official)", "https://evil.example/cb"))
                .contains("acme");
        assertThat(imitated(catalogue, "Acme Agent", "https://agent.acme.example/cb"))
                .isEmpty();
        assertThat(Catalogue.builtIn().evidenceOf(uri("https://agent.acme.example/cb")))
                .isEqualTo(Evidence.DOMAIN);
        assertThat(catalogue.clients()).hasSize(Catalogue.builtIn().clients().size() + 1);
    }

    @Test
    void anEntryOfTheSameIdReplacesTheMembersItNames() {
        Catalogue catalogue = with("{'id': 'claude', 'redirectUris': ['https://claude.acme.example/cb']}");
        KnownClient claude = client(catalogue, "claude").orElseThrow();
        assertThat(claude.vendor()).isEqualTo("Anthropic");
        assertThat(catalogue.evidenceOf(uri("https://claude.acme.example/cb"))).isEqualTo(Evidence.KNOWN);
        assertThat(catalogue.evidenceOf(uri("https://claude.ai/api/mcp/auth_callback")))
                .isEqualTo(Evidence.DOMAIN);
    }

    @Test
    void anEntryIsSwitchedOff() {
        Catalogue catalogue = with("{'id': 'n8n', 'off': true}");
        assertThat(client(catalogue, "n8n")).isEmpty();
        assertThat(catalogue.evidenceOf(uri("https://oauth.n8n.cloud/oauth2/callback")))
                .isEqualTo(Evidence.DOMAIN);
    }

    @Test
    void ofTwoPlacesTheFirstHoldsWhereBothNameAnEntry() {
        String other = ACME.replace("agent.acme.example", "other.acme.example");
        Catalogue catalogue = Catalogue.with(
                List.of(quoted(ACME), quoted("{'id': 'n8n', 'off': true}")),
                List.of(
                        quoted(other),
                        quoted("{'id': 'n8n', 'domains': ['acme.example']}"),
                        quoted(
                                "{'id': 'beta', 'name': 'Beta', 'vendor': 'B', 'redirectUris': ['https://beta.example/cb']}")));
        assertThat(catalogue.evidenceOf(uri("https://agent.acme.example/cb"))).isEqualTo(Evidence.KNOWN);
        assertThat(catalogue.evidenceOf(uri("https://other.acme.example/cb"))).isEqualTo(Evidence.DOMAIN);
        assertThat(catalogue.evidenceOf(uri("https://beta.example/cb"))).isEqualTo(Evidence.KNOWN);
        assertThat(client(catalogue, "n8n")).isEmpty();
    }

    @Test
    void theStampTellsContentsApart() {
        assertThat(with(ACME).stamp())
                .isEqualTo(with(ACME).stamp())
                .isNotEqualTo(Catalogue.builtIn().stamp());
        assertThat(with("{'id': 'zed', 'off': false}").stamp())
                .isEqualTo(Catalogue.builtIn().stamp());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nonsense|entry 1: is not JSON
                    []|entry 1: is not a JSON object
                    {}|id: is missing
                    {'id': 'Acme'}|id: is missing or has other characters
                    {'id': 'acme'}|name: is missing
                    {'id': 'acme', 'name': 'Acme'}|vendor: is missing
                    {'id': 'acme', 'name': 7}|name: is not a text
                    {'id': 'acme', 'logo': 'x'}|logo: is no member of an entry
                    {'id': 'acme', 'off': true}|off: there is no entry acme to switch off
                    {'id': 'zed', 'off': 'yes'}|off: is not true or false
                    {'id': 'zed', 'names': []}|names: is empty
                    {'id': 'zed', 'names': 'Zed'}|names: is not a list
                    {'id': 'zed', 'proves': 'all'}|proves: is all; it is one of product, vendor, nothing
                    {'id': 'zed', 'redirectUris': ['http://evil.example/cb']}|redirectUris: http://evil.example/cb is not a redirect URI
                    {'id': 'zed', 'redirectUris': ['http://127.0.0.1:4000/cb']}|is compared as http://localhost/cb
                    {'id': 'zed', 'redirectUris': ['https://a.example/x{id}']}|{id} stands for a whole path segment
                    {'id': 'zed', 'redirectUris': ['https://{host}/cb']}|needs "proves": "nothing"
                    {'id': 'zed', 'metadataUrls': ['http://zed.dev/x']}|metadataUrls: http://zed.dev/x is not an https URL
                    {'id': 'zed', 'domains': ['localhost']}|domains: localhost is not a public domain
                    {'id': 'zed', 'date': 'today'}|date: today is not of the form
                    """)
    void saysWhatIsWrong(String entry, String message) {
        assertThatThrownBy(() -> with(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void bounds() {
        assertThatThrownBy(() -> with(ACME, ACME)).hasMessage("entry 2: id: acme is there twice");
        assertThatThrownBy(() -> Catalogue.with(Collections.nCopies(201, ACME)))
                .hasMessageContaining("200 are the most");
        assertThatThrownBy(() -> with(" ".repeat(8_001))).hasMessageContaining("longer than 8000");
    }

    private static String quoted(String entry) {
        return entry.replace('\'', '"');
    }

    private static Catalogue with(String... entries) {
        return Catalogue.with(
                Arrays.stream(entries).map(entry -> entry.replace('\'', '"')).toList());
    }

    private static Optional<KnownClient> client(Catalogue catalogue, String id) {
        return catalogue.clients().stream()
                .filter(client -> client.id().equals(id))
                .findFirst();
    }

    private static Optional<String> imitated(Catalogue catalogue, String name, String uri) {
        return catalogue.imitated(name, List.of(uri(uri))).map(KnownClient::id);
    }

    private static RedirectUri uri(String text) {
        return ((RedirectUri.Result.Ok) RedirectUri.parse(text)).uri();
    }
}
