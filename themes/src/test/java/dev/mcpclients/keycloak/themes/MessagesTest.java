package dev.mcpclients.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the pages: the same ones in every language, and all that the templates name. */
final class MessagesTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources", "theme-resources");
    private static final Pattern NAMED = Pattern.compile("(?:msg\\(|[lL]abel=)\"(mcp[A-Za-z.]+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "ja", "zh_CN"})
    void saysTheSameInEveryLanguage(String locale) throws IOException {
        Properties english = messages("en");
        Properties translated = messages(locale);

        assertThat(translated.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames()).allSatisfy(key -> {
            assertThat(placeholders(translated.getProperty(key)))
                    .as(key)
                    .isEqualTo(placeholders(english.getProperty(key)));
            assertThat(translated.getProperty(key)).as(key).isNotBlank();
        });
    }

    /** A single quote makes MessageFormat take what follows literally. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "ja", "zh_CN"})
    void keepsItsArgumentsWhenFormatted(String locale) throws IOException {
        Properties messages = messages(locale);

        assertThat(messages.stringPropertyNames()).allSatisfy(key -> {
            String text = messages.getProperty(key);
            String formatted = MessageFormat.format(text, "first", "second");
            assertThat(formatted).as(key).doesNotContain("{", "}");
            assertThat(text).as(key).doesNotContain("'");
        });
    }

    @Test
    void hasEveryTextThatATemplateNames() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> templates = Files.walk(RESOURCES.resolveSibling("."))) {
            for (Path template :
                    (Iterable<Path>) templates.filter(file -> file.toString().endsWith(".ftl"))::iterator) {
                named.addAll(NAMED.matcher(Files.readString(template))
                        .results()
                        .map(match -> match.group(1))
                        .toList());
            }
        }

        assertThat(named).isNotEmpty();
        assertThat(messages("en").stringPropertyNames()).containsAll(named);
    }

    /** Foreign text never goes through a message: Keycloak 26.7 resolves placeholders in arguments of {@code msg}. */
    @Test
    void handsNoTextToAMessageInATemplate() throws IOException {
        try (Stream<Path> templates = Files.walk(RESOURCES.resolve("templates"))) {
            for (Path template : (Iterable<Path>) templates.filter(Files::isRegularFile)::iterator) {
                assertThat(Files.readString(template))
                        .as(template.toString())
                        .doesNotContain("no_esc", "advancedMsg", "kcSanitize", "<script", "http:", "https:", "<img")
                        .doesNotContainPattern("msg\\([^)]*,");
            }
        }
    }

    private static List<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .sorted()
                .distinct()
                .collect(Collectors.toList());
    }

    private static Properties messages(String locale) throws IOException {
        Properties messages = new Properties();
        try (Reader reader =
                Files.newBufferedReader(RESOURCES.resolve("messages").resolve("messages_" + locale + ".properties"))) {
            messages.load(reader);
        }
        return messages;
    }
}
