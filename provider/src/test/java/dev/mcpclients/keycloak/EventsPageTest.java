package dev.mcpclients.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of events names every detail that the code gives to an event. */
final class EventsPageTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path PAGE = Path.of("..", "docs", "events.md");
    private static final Pattern DETAIL = Pattern.compile("detail\\(\\s*\"([a-z_]+)\"");
    private static final Pattern OUTCOME = Pattern.compile("(?:describe|refuse)\\([^;]*, \"([a-z_]+)\"");

    @Test
    void hasEveryDetailAndOutcome() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String source = Files.readString(file);
                Stream.of(DETAIL, OUTCOME)
                        .flatMap(pattern -> pattern.matcher(source).results())
                        .map(found -> found.group(1))
                        .forEach(names::add);
            }
        }

        assertThat(names).contains("mcp_software", "mcp_outcome", "allowed", "waiting", "unusable");
        String page = Files.readString(PAGE);
        assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
}
