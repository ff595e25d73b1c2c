package dev.mcpclients.keycloak.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of refusals says what the code says. */
final class RefusalsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "refusals.md");

    @ParameterizedTest
    @EnumSource(RefusalRule.Place.class)
    void hasEveryRefusal(RefusalRule.Place place) throws IOException {
        String table = Arrays.stream(RefusalRule.values())
                .filter(rule -> rule.place() == place)
                .map(rule ->
                        row(rule.name(), rule.status() + " | `" + rule.error() + "`", rule.text(), rule.reference()))
                .collect(Collectors.joining("\n"));
        assertThat(tables()).contains(table);
    }

    @Test
    void hasEveryRepair() throws IOException {
        String table = Arrays.stream(RepairRule.values())
                .map(rule -> "| `" + rule.name() + "` | " + rule.text() + " | " + rule.reference() + " |")
                .collect(Collectors.joining("\n"));
        assertThat(tables()).contains(table);
    }

    private static String row(String name, String statusAndError, String text, String reference) {
        return "| `" + name + "` | " + statusAndError + " | " + text + " | " + reference + " |";
    }

    /** The rows of each table of rules. */
    private static List<String> tables() throws IOException {
        return Arrays.stream(Files.readString(PAGE).split("\n\n"))
                .filter(block -> block.startsWith("| rule |"))
                .map(block -> block.strip().lines().skip(2).collect(Collectors.joining("\n")))
                .toList();
    }
}
