package dev.mcpclients.keycloak.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.KnownClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients send gets in: one file each in {@code clients}, with the date and source it was taken from. */
final class RealClientsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    static List<Path> fixtures() throws URISyntaxException, IOException {
        Path folder = Path.of(RealClientsTest.class.getResource("/clients").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void getsIn(Path file) {
        JsonNode fixture = read(file);
        assertThat(fixture.path("date").asText()).matches("\\d{4}-\\d{2}-\\d{2}");
        assertThat(fixture.path("source").asText()).isNotBlank();

        Verdict.Accepted accepted = accepted(fixture.path("request"));
        JsonNode expected = fixture.path("expected");
        Registration registration = accepted.registration();
        assertThat(registration.redirectUris())
                .extracting(RedirectUri::asSent)
                .containsExactlyElementsOf(texts(fixture.path("request").path("redirect_uris")));
        assertThat(registration.name()).isEqualTo(expected.path("software").asText());
        assertThat(registration.kind()).hasToString(expected.path("kind").asText());
        assertThat(registration.evidence().wire())
                .isEqualTo(expected.path("evidence").asText());
        assertThat(accepted.repairs())
                .extracting(repair -> repair.rule().name())
                .containsExactlyElementsOf(texts(expected.path("repairs")));
        assertThat(CATALOGUE.imitated(registration.name(), registration.redirectUris()))
                .isEmpty();
    }

    /** The product itself, by its name and addresses: the catalogue knows what the fixtures show. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void isInTheCatalogue(Path file) {
        JsonNode fixture = read(file);
        KnownClient product = CATALOGUE.clients().stream()
                .filter(client -> client.id().equals(fixture.path("product").asText()))
                .findFirst()
                .orElseThrow();
        Registration registration = accepted(fixture.path("request")).registration();
        assertThat(registration.redirectUris()).allMatch(product::uses);
        assertThat(product.names()).contains(registration.name());
    }

    @Test
    void everyProductWithAddressesHasAFixture() throws URISyntaxException, IOException {
        Set<String> shown = fixtures().stream()
                .map(file -> read(file).path("product").asText())
                .collect(Collectors.toSet());
        assertThat(CATALOGUE.clients().stream()
                        .filter(client -> !client.redirectUris().isEmpty())
                        .map(KnownClient::id))
                .allMatch(shown::contains);
    }

    @ParameterizedTest
    @MethodSource("sameSoftware")
    void isOneSoftwareWhateverConnectionOrPort(List<String> files) {
        assertThat(files.stream()
                        .map(file -> accepted(read(Path.of("src/test/resources/clients", file))
                                        .path("request"))
                                .registration()
                                .fingerprint())
                        .distinct())
                .hasSize(1);
    }

    static List<List<String>> sameSoftware() {
        return List.of(
                List.of("claude-code.json", "claude-code-plugin.json", "claude-code-older.json"),
                List.of("codex.json", "codex-localhost.json"),
                List.of("vscode.json", "vscode-busy-port.json"),
                List.of("inspector-web.json", "inspector-cli.json"));
    }

    private static Verdict.Accepted accepted(JsonNode request) {
        Parsed parsed = ClientMetadata.parse(request);
        assertThat(parsed).isInstanceOf(Parsed.Ok.class);
        Verdict verdict =
                new RegistrationRules(RuleSettings.defaults(), CATALOGUE).judge(((Parsed.Ok) parsed).metadata());
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return (Verdict.Accepted) verdict;
    }

    private static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
