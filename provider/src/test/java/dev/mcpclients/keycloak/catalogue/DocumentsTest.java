package dev.mcpclients.keycloak.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pinned copies of vendors' client id metadata documents, with the members that public sources show: the catalogue says what they say.
 * Renewing a copy that has changed shows here what the catalogue lacks.
 */
final class DocumentsTest {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    static List<JsonNode> documents() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/documents"))) {
            return files.sorted().map(DocumentsTest::read).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isWhatTheCatalogueSays(JsonNode pinned) {
        assertThat(LocalDate.parse(pinned.path("date").asText())).isAfter("2026-01-01");
        assertThat(pinned.path("source").asText()).isNotBlank();
        JsonNode document = pinned.path("document");
        assertThat(document.path("client_id")).isEqualTo(pinned.path("url"));
        KnownClient product =
                CATALOGUE.byMetadataUrl(document.path("client_id").asText()).orElseThrow();
        assertThat(product.id()).isEqualTo(pinned.path("product").asText());
        for (JsonNode uri : document.path("redirect_uris")) {
            assertThat(RedirectUri.parse(uri.asText()))
                    .isInstanceOfSatisfying(RedirectUri.Result.Ok.class, ok -> assertThat(product.uses(ok.uri()))
                            .as(uri.asText())
                            .isTrue());
        }
        if (document.has("client_name")) {
            assertThat(product.names()).contains(document.path("client_name").asText());
        }
    }

    @Test
    void everyDocumentOfTheCatalogueIsPinned() throws IOException {
        List<String> pinned = documents().stream()
                .map(document -> document.path("url").asText())
                .toList();
        assertThat(CATALOGUE.clients().stream().flatMap(client -> client.metadataUrls().stream()))
                .isNotEmpty()
                .allMatch(template -> pinned.stream().anyMatch(template::matches));
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
