package dev.mcpclients.keycloak.approval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Initials in place of a logo. */
final class InitialsTest {

    @ParameterizedTest
    @CsvSource({
        "Claude Code, CC",
        "claude, C",
        "Claude Code (github), CC",
        "mcp-remote, MR",
        "Visual Studio Code, VS",
        "4chan reader, 4R",
        "日本語のアプリ, 日",
        "ﬁle app, FIA",
        "🚀 Rocket, R",
        "'🚀 ☃', ''",
        "'', ''",
    })
    void areTheFirstLettersOfTheFirstTwoWords(String name, String initials) {
        assertThat(Initials.of(name)).isEqualTo(initials);
    }
}
