package dev.mcpclients.keycloak.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of refusals says what the code says. */
final class SituationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "refusals.md");

    @Test
    void hasEveryRefusal() throws IOException {
        String table = Arrays.stream(Situation.values())
                .map(situation -> "| `" + situation.name() + "` | `" + situation.error() + "` | "
                        + situation.description() + " |")
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(PAGE)).contains("|---|---|---|\n" + table + "\n\n");
    }
}
