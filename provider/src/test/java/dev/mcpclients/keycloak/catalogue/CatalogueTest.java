package dev.mcpclients.keycloak.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueTest {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    static List<KnownClient> clients() {
        return CATALOGUE.clients();
    }

    @Test
    void idsAreUnique() {
        assertThat(clients()).extracting(KnownClient::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void everyEntryIsSound(KnownClient client) {
        assertThat(client.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(client.names()).isNotEmpty();
        assertThat(client.vendor()).isNotBlank();
        assertThat(client.source()).isNotBlank();
        assertThat(LocalDate.parse(client.date())).isAfter("2026-01-01");
        for (UriTemplate template : client.redirectUris()) {
            RedirectUri uri = uri(template.text().replace("{id}", "x1").replace("{host}", "n8n.example"));
            assertThat(uri.canonical()).isEqualTo(uri.asSent());
            assertThat(client.uses(uri)).isTrue();
        }
        for (UriTemplate template : client.metadataUrls()) {
            assertThat(CATALOGUE.byMetadataUrl(template.text().replace("{id}", "x1")))
                    .contains(client);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://claude.ai/api/mcp/auth_callback, KNOWN",
        "https://chatgpt.com/connector/oauth/abc_1-2, KNOWN",
        "https://vscode.dev/redirect, KNOWN",
        "https://claude.ai/api/mcp/auth_callback/, DOMAIN",
        "https://claude.ai/api/mcp, DOMAIN",
        "https://claude.ai:8443/api/mcp/auth_callback, DOMAIN",
        "https://claude.ai.evil.example/api/mcp/auth_callback, DOMAIN",
        "https://chatgpt.com/connector/oauth/, DOMAIN",
        "https://chatgpt.com/connector/oauth/a/b, DOMAIN",
        "https://chatgpt.com/connector/oauth/a%20b, DOMAIN",
        "https://n8n.example/rest/oauth2-credential/callback, DOMAIN",
        "https://evil.example/cb, DOMAIN",
        "https://intranet/cb, NONE",
        "https://printer.local/cb, NONE",
        "https://192.0.2.1/cb, NONE",
        "https://localhost:8443/cb, NONE",
        "https://app.localhost/cb, NONE",
        "http://localhost:3118/callback, NONE",
        "http://127.0.0.1:33418/, NONE",
        "cursor://anysphere.cursor-mcp/oauth/callback, NONE",
        "com.raycast:/oauth, NONE"
    })
    void saysHowSureWeAre(String uri, Evidence evidence) {
        assertThat(CATALOGUE.evidenceOf(uri(uri))).isEqualTo(evidence);
    }

    @Test
    void softwareHasTheLowestEvidenceOfItsRedirectUris() {
        RedirectUri known = uri("https://claude.ai/api/mcp/auth_callback");
        RedirectUri foreign = uri("https://evil.example/cb");
        RedirectUri loopback = uri("http://localhost:1/cb");
        assertThat(CATALOGUE.evidenceOf(List.of(known))).isEqualTo(Evidence.KNOWN);
        assertThat(CATALOGUE.evidenceOf(List.of(known, foreign))).isEqualTo(Evidence.DOMAIN);
        assertThat(CATALOGUE.evidenceOf(List.of(known, loopback, foreign))).isEqualTo(Evidence.NONE);
        assertThat(CATALOGUE.evidenceOf(List.of())).isEqualTo(Evidence.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Claude Code|claude-code
                    claude code|claude-code
                    CLAUDE  CODE|claude-code
                    ClaudeCode|claude-code
                    claude-code|claude-code
                    Claude_Code|claude-code
                    Claude Code (verified by Anthropic)|claude-code
                    Claude Code ✓|claude-code
                    The official Claude Code|claude-code
                    Claude Code Pro 2026|claude-code
                    Сlaude Соdе|claude-code
                    Clаudе Code|claude-code
                    ClаudеCоdе|claude-code
                    Claudε Cοde|claude-code
                    Ⅽlaude Code|claude-code
                    Ｃｌａｕｄｅ　Ｃｏｄｅ|claude-code
                    𝐂𝐥𝐚𝐮𝐝𝐞 𝐂𝐨𝐝𝐞|claude-code
                    Clàudé Cödé|claude-code
                    CIaude Code|claude-code
                    C1aude C0de|claude-code
                    Cl4ude Cod3|claude-code
                    Claude\u200b Code|claude-code
                    Cl\u00adaude Code|claude-code
                    MyClaudeCodeHelper|claude-code
                    Claude|claude
                    Claude.ai|claude
                    Claude for Work|claude
                    Anthropic|claude
                    by ANTHROPIC|claude
                    Chat GPT|chatgpt
                    ChatGPT|chatgpt
                    ϹhatGPT|chatgpt
                    OpenAI|chatgpt
                    OpenAI Codex|codex
                    Cursor|cursor
                    Сursоr|cursor
                    Cursor (official)|cursor
                    VSCode|vscode
                    Visual Studio Code|vscode
                    Visual Studio Code - Insiders|vscode
                    Zed|zed
                    ZED editor|zed
                    n8n|n8n
                    Gerninl CLl|gemini-cli
                    Postrnan|postman
                    VVindsurf|windsurf
                    """)
    void seesWhatANameLooksLike(String name, String id) {
        assertThat(CATALOGUE.resembling(name.translateEscapes()).map(KnownClient::id))
                .contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unnamed app",
                "My App",
                "Precursor",
                "Cursory notes",
                "Amazed",
                "Zedd",
                "Make my day",
                "Code",
                "Studio",
                "Cloud Code",
                "Claudia",
                "日本語",
                "",
                "()",
                "Приложение"
            })
    void seesNothingInOrdinaryNames(String name) {
        assertThat(CATALOGUE.resembling(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Claude Code|https://evil.example/cb|claude-code
                    Claude Code|http://localhost:1/other|claude-code
                    Claude Code|http://localhost:1/callback https://evil.example/cb|claude-code
                    claude code|https://evil.example/cb|claude-code
                    Claude|http://localhost:1/callback|claude
                    Cursor|https://claude.ai/api/mcp/auth_callback|cursor
                    Clаude Code|http://localhost:1/callback|claude-code
                    Claude Code Helper|http://localhost:1/callback|claude-code
                    ClaudeCode|http://localhost:1/callback|claude-code
                    Claude Code by Cursor|http://localhost:1/callback|claude-code
                    C1aude|http://localhost:1/callback|claude
                    Cursor Windsurf|http://localhost:1/other|cursor
                    GitHub Copilot CLI Zed|http://localhost:1/other|zed
                    Windsurf|https://evil.example/cb|windsurf
                    GitHub Copilot CLI|https://github.com.evil.example/cb|copilot-cli
                    Postman|https://oauth.pstmn.io/v1/callback https://evil.example/cb|postman
                    """)
    void callsOutANameWhoseCodesGoElsewhere(String name, String uris, String id) {
        assertThat(CATALOGUE.imitated(name, uris(uris)).map(KnownClient::id)).contains(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Claude Code|http://localhost:3118/callback
                    Claude Code (github)|http://127.0.0.1:3118/callback
                    Claude|https://claude.ai/api/mcp/auth_callback https://claude.com/api/mcp/auth_callback
                    claude code|http://localhost:3118/callback
                    Visual Studio Code|https://vscode.dev/redirect
                    Visual Studio Code - Insiders|http://127.0.0.1:33418/
                    Claude for Work|https://claude.ai/api/mcp/auth_callback
                    Claude Desktop (1.2)|http://127.0.0.1:53280/callback
                    Windsurf|http://localhost:1/whatever
                    Windsurf|https://www.windsurf.com/whatever
                    Postman|https://oauth.pstmn.io/v1/callback
                    GitHub Copilot CLI|http://127.0.0.1:1/callback
                    My App|https://my.example/cb
                    n8n|https://n8n.example/rest/oauth2-credential/callback
                    """)
    void callsOutNobodyElse(String name, String uris) {
        assertThat(CATALOGUE.imitated(name, uris(uris))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Claude Code (github), Claude Code",
        "Claude Code (plugin:x), Claude Code",
        "Claude Code (a (b)), Claude Code",
        "Claude Code (verified by Anthropic), Claude Code",
        "Claude Code, Claude Code",
        "claude code (github), claude code (github)",
        "Claude Code(github), Claude Code(github)",
        "Claude Code (github) x, Claude Code (github) x",
        "Cursor (github), Cursor (github)",
        "My App (beta), My App (beta)"
    })
    void takesOffWhatBelongsToOneConnection(String name, String product) {
        assertThat(CATALOGUE.productName(name)).isEqualTo(product);
    }

    @ParameterizedTest
    @CsvSource({
        "ChatGPT, https://chatgpt.com/connector/oauth/abc, https://chatgpt.com/connector/oauth/{id}",
        "Anything, https://chatgpt.com/connector/oauth/abc, https://chatgpt.com/connector/oauth/{id}",
        "Codex, http://127.0.0.1:5/callback/abc, http://localhost/callback/{id}",
        "Codex, http://127.0.0.1:5/callback, http://localhost/callback",
        "My App, http://127.0.0.1:5/callback/abc, http://localhost/callback/abc",
        "n8n, https://a.example/rest/oauth2-credential/callback, https://a.example/rest/oauth2-credential/callback",
        "My App, https://a.example/cb, https://a.example/cb"
    })
    void takesOneConnectionForAllOnlyWhereTheProductDoes(String name, String uri, String product) {
        assertThat(CATALOGUE.productUri(name, uri(uri))).isEqualTo(product);
    }

    @ParameterizedTest
    @CsvSource({
        "https://claude.ai/oauth/claude-code-client-metadata, claude-code",
        "https://chatgpt.com/oauth/codex/client.json, codex",
        "https://chatgpt.com/oauth/codex/n4bQgYhMfWWa/client.json, codex",
        "https://chatgpt.com/oauth/abc/client.json, chatgpt",
        "https://chatgpt.com/oauth/client.json, chatgpt",
        "https://github.com/copilot/cli/client-metadata.json, copilot-cli"
    })
    void knowsDocuments(String url, String id) {
        assertThat(CATALOGUE.byMetadataUrl(url).map(KnownClient::id)).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://chatgpt.com/oauth/a/b/client.json",
                "http://claude.ai/oauth/claude-code-client-metadata",
                "https://evil.example/client.json"
            })
    void knowsNoOtherDocuments(String url) {
        assertThat(CATALOGUE.byMetadataUrl(url)).isEmpty();
    }

    /** In whatever order the file has them. */
    @Test
    void theMostTellingNameComesFirst() {
        List<KnownClient> clients = clients();
        for (List<KnownClient> order : List.of(clients, reversed(clients))) {
            LookAlikes lookAlikes = new LookAlikes(order);
            assertThat(lookAlikes.allResembling("Claude Code by Claude"))
                    .extracting(KnownClient::id)
                    .startsWith("claude-code")
                    .contains("claude")
                    .doesNotHaveDuplicates();
        }
    }

    private static List<KnownClient> reversed(List<KnownClient> clients) {
        List<KnownClient> reversed = new ArrayList<>(clients);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    void findsEveryNameOfAProduct() {
        for (KnownClient client : clients()) {
            Stream.of(Stream.of(client.name()), client.names().stream(), client.alsoCalled().stream())
                    .flatMap(names -> names)
                    .forEach(name -> assertThat(new LookAlikes(List.of(client)).allResembling("x " + name + " x"))
                            .containsExactly(client));
        }
    }

    @Test
    void refusesAFileOfAnotherVersion() throws JsonProcessingException {
        var file = new ObjectMapper().readTree("{\"schemaVersion\": 2, \"clients\": []}");
        assertThatIllegalArgumentException().isThrownBy(() -> CatalogueFile.read(file));
    }

    @Test
    void refusesAnEntryWithoutSource() throws JsonProcessingException {
        var file = new ObjectMapper().readTree("{\"schemaVersion\": 1, \"clients\": [{\"id\": \"x\"}]}");
        assertThatIllegalArgumentException().isThrownBy(() -> CatalogueFile.read(file));
    }

    @Test
    void evidenceHasAnOrderAndNames() {
        assertThat(Evidence.NONE.isBelow(Evidence.DOMAIN)).isTrue();
        assertThat(Evidence.KNOWN.isBelow(Evidence.DOMAIN)).isFalse();
        assertThat(Evidence.KNOWN.and(Evidence.DOMAIN)).isEqualTo(Evidence.DOMAIN);
        assertThat(Evidence.of("domain")).contains(Evidence.DOMAIN);
        assertThat(Evidence.of("DOMAIN")).isEmpty();
    }

    private static List<RedirectUri> uris(String spaced) {
        return Arrays.stream(spaced.split(" ")).map(CatalogueTest::uri).toList();
    }

    private static RedirectUri uri(String text) {
        assertThat(RedirectUri.parse(text)).isInstanceOf(RedirectUri.Result.Ok.class);
        return ((RedirectUri.Result.Ok) RedirectUri.parse(text)).uri();
    }
}
