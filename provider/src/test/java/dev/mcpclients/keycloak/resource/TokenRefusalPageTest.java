package dev.mcpclients.keycloak.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of refusals says what the code says. */
final class TokenRefusalPageTest {

    private static final Path PAGE = Path.of("..", "docs", "refusals.md");

    @Test
    void hasEveryRefusal() throws IOException {
        String table = Arrays.stream(TokenRefusal.values())
                .map(refusal ->
                        "| `" + refusal.name() + "` | `" + refusal.error() + "` | " + refusal.description() + " |")
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(PAGE)).contains("|---|---|---|\n" + table + "\n\n");
    }
}
