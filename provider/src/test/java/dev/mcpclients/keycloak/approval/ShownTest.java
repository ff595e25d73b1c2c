package dev.mcpclients.keycloak.approval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShownTest {

    @ParameterizedTest
    @CsvSource({
        "Claude\\u202eedoC, ClaudeedoC",
        "Cla\\u200bude, Claude",
        "Cla\\u2066u\\u2069de, Claude",
        "Claude\\u000a\\u000aCode, Claude Code",
        "Claude\\u00a0\\u3000Code, Claude Code",
        "\\u0000Claude\\u0007, Claude",
        "Claude\\ufeff, Claude",
        "Cl\\u0061\\u0301ude, Cl\\u00e1ude",
    })
    void leavesOutWhatCannotBeSeen(String escaped, String shown) {
        assertThat(Shown.name(unescaped(escaped))).isEqualTo(unescaped(shown));
    }

    @Test
    void leavesOutTagCharacters() {
        assertThat(Shown.name("A" + Character.toString(0xE0041) + "B")).isEqualTo("AB");
    }

    @Test
    void keepsMarkupAndPlaceholdersAsTheTextTheyAre() {
        assertThat(Shown.name("<b>${msg}</b> 日本 😀")).isEqualTo("<b>${msg}</b> 日本 😀");
    }

    @Test
    void cutsWhatIsLongBetweenCharacters() {
        assertThat(Shown.name("😀".repeat(81))).isEqualTo("😀".repeat(80) + "…");
        assertThat(Shown.line("a".repeat(10_000))).hasSize(301);
    }

    private static String unescaped(String text) {
        return java.util.regex.Pattern.compile("\\\\u(\\p{XDigit}{4})")
                .matcher(text)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(match.group(1), 16))));
    }
}
