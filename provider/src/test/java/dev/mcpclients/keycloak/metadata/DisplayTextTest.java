package dev.mcpclients.keycloak.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DisplayTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Claude Code",
                "Claude Code (github)",
                "Claude Code (plugin:x)",
                "Gemini CLI MCP Client",
                "Müller & Söhne",
                "C++ / C# tools, 100% $5 {free}",
                "日本語のアプリ",
                "한국어 앱",
                "عميل",
                "मेरा ऐप",
                "Приложение",
                "Emoji 🚀 app"
            })
    void leavesOrdinaryNamesAlone(String name) {
        assertThat(DisplayText.stripped(name, Limits.NAME)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    Claude ${msg} Code|Claude {msg} Code
                    $${x}|{x}
                    $$$${x}|{x}
                    <b>Claude</b>|bClaude/b
                    <script>alert(1)</script>|scriptalert(1)/script
                    $<{x}|{x}
                    &lt;a href=x&gt;|& lt;a href=x& gt;
                    &amp;lt;a|& amp;lt;a
                    &#60;a|& #60;a
                    AT&T|AT& T
                    "  Claude   Code  "|Claude Code
                    """)
    void takesOutWhatTemplatesWouldRead(String raw, String shown) {
        assertThat(DisplayText.stripped(raw, Limits.NAME)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Claude\u200b Code",
                "Claude\u200d Code",
                "\u202eClaude Code",
                "Claude\u2066 Code\u2069",
                "Claude\u00ad Code",
                "\ufeffClaude Code",
                "Claude\u0000 Code",
                "Claude\u001b Code",
                "Claude\u2028Code",
                "Claude\u2029Code",
                "Claude\nCode",
                "Claude\r\n\tCode",
                "Claude\u0085Code",
                "Claude\u00a0Code",
                "Claude\u3000Code",
                "Claude\u115f Code",
                "Claude\u3164 Code",
                "Claude\u2800 Code",
                "Claude\ufe0f Code",
                "Claude\u034f Code",
                "Claude\udb40\udc41 Code",
                "Claude\udb40\udd00 Code",
                "Claude\ue000 Code",
                "Claude\ud800 Code",
                "Claude\ufffd Code",
                "Claude\u180b Code",
                "Claude\u180f Code",
                "Claude\ufe00 Code",
                "Claude\udb40\uddef Code"
            })
    void takesOutWhatNobodySees(String raw) {
        assertThat(DisplayText.stripped(raw, Limits.NAME)).isEqualTo("Claude Code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b", "\u202e\u2066", "<>", "\u3164", "\u0000\n"})
    void namesWhatHasNoName(String raw) {
        assertThat(DisplayText.harmless(raw, Limits.NAME)).isEqualTo(DisplayText.UNNAMED);
        assertThat(DisplayText.stripped(raw, Limits.NAME)).isEmpty();
    }

    @Test
    void composesWhatIsTheSame() {
        assertThat(DisplayText.stripped("Cafe\u0301", Limits.NAME)).isEqualTo("Café");
    }

    @Test
    void cutsTowersOfMarks() {
        assertThat(DisplayText.stripped("Z" + "\u0336".repeat(40) + "ed", Limits.NAME))
                .isEqualTo("Z" + "\u0336".repeat(3) + "ed");
    }

    @Test
    void shortens() {
        assertThat(DisplayText.stripped("a".repeat(10_000), 80)).isEqualTo("a".repeat(79) + "…");
        assertThat(DisplayText.stripped("🚀".repeat(100), 80)).isEqualTo("🚀".repeat(79) + "…");
        assertThat(DisplayText.stripped("a".repeat(80), 80)).isEqualTo("a".repeat(80));
    }

    /** Text that takes a careless reader quadratic time, by far more than a registration has. */
    @ParameterizedTest
    @ValueSource(strings = {"$", "\u0327\u0301", "&", " ", "<", "\u200b", "$<"})
    void isQuick(String part) {
        String raw = part.repeat(1_000_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DisplayText.harmless(raw, Limits.NAME));
    }

    @Property(tries = 2_000)
    void isStable(@ForAll String raw, @ForAll @IntRange(min = 2, max = 100) int max) {
        String once = DisplayText.harmless(raw, max);
        if (max >= DisplayText.UNNAMED.length()) {
            assertThat(DisplayText.harmless(once, max)).isEqualTo(once);
        }
    }

    @Property(tries = 2_000)
    void holdsNothingHarmful(@ForAll String raw) {
        String shown = DisplayText.harmless(raw, Limits.NAME);
        assertThat(shown).isNotBlank().doesNotContain("${", "<", ">", "  ").isEqualTo(shown.strip());
        assertThat(shown.codePoints().filter(c -> c != ' ')).allMatch(DisplayText::isVisible);
        assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(Limits.NAME);
    }
}
