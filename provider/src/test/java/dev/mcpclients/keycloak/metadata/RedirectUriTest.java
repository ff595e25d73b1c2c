package dev.mcpclients.keycloak.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.metadata.RedirectUri.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedirectUriTest {

    @ParameterizedTest
    @CsvFileSource(resources = "accepted-redirect-uris.csv", delimiter = '|', numLinesToSkip = 1)
    void reads(String text, RedirectKind kind, String host, boolean anyPort, String canonical) {
        RedirectUri uri = ok(text);
        assertThat(uri.asSent()).isEqualTo(text);
        assertThat(uri.kind()).isEqualTo(kind);
        assertThat(uri.host()).isEqualTo(host == null ? "" : host);
        assertThat(uri.isAnyPort()).isEqualTo(anyPort);
        assertThat(uri.canonical()).isEqualTo(canonical == null ? text : canonical);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "refused-redirect-uris.csv", delimiter = '|', numLinesToSkip = 1)
    void refuses(String text, RefusalRule rule) {
        assertThat(RedirectUri.parse(unescaped(text))).isEqualTo(new Result.Bad(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "https://a.example/cb ", " https://a.example/cb", "https://a.example/\ncb"})
    void refusesSpaces(String text) {
        assertThat(RedirectUri.parse(text)).isEqualTo(new Result.Bad(RefusalRule.REDIRECT_URI_CHARACTERS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:49152/callback", "http://127.0.0.1:1/callback", "http://[::1]/callback"})
    void storesThePortlessFormOfEveryLoopbackName(String text) {
        assertThat(ok(text).registered())
                .containsExactlyInAnyOrder(
                        "http://localhost/callback", "http://127.0.0.1/callback", "http://[::1]/callback");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example:8443/cb",
                "https://localhost:8443/cb",
                "http://127.0.0.2:8080/cb",
                "com.raycast:/oauth",
                "cursor://anysphere.cursor-mcp/oauth/callback",
                "com.example.app:///cb"
            })
    void storesOthersAsTheyAre(String text) {
        assertThat(ok(text).registered()).containsExactly(text);
    }

    @Test
    void lowersTheCaseOfSchemeAndHostOnly() {
        RedirectUri uri = ok("HTTPS://App.Example/CallBack");
        assertThat(uri.isLowerCase()).isFalse();
        assertThat(uri.lowerCase().asSent()).isEqualTo("https://app.example/CallBack");
        assertThat(uri.registered()).containsExactly("https://app.example/CallBack");
        assertThat(uri.lowerCase().isLowerCase()).isTrue();
    }

    @Test
    void takesTheLongestThatKeycloakCanStore() {
        String longest = "https://a.example/" + "a".repeat(Limits.REDIRECT_URI - "https://a.example/".length());
        assertThat(ok(longest).registered()).containsExactly(longest);
        assertThat(RedirectUri.parse(longest + "a")).isEqualTo(new Result.Bad(RefusalRule.REDIRECT_URI_TOO_LONG));
    }

    @Test
    void countsTheLongestOfTheLoopbackNames() {
        String sent = "http://[::1]/" + "a".repeat(Limits.REDIRECT_URI - "http://[::1]/".length());
        assertThat(RedirectUri.parse(sent)).isEqualTo(new Result.Bad(RefusalRule.REDIRECT_URI_TOO_LONG));
    }

    @Test
    void showsBothFormsOfAnInternationalisedHost() {
        RedirectUri uri = ok("https://xn--80ak6aa92e.com/cb");
        assertThat(uri.host()).isEqualTo("xn--80ak6aa92e.com");
        assertThat(uri.unicodeHost()).isEqualTo("аррӏе.com");
        assertThat(ok("https://a.example/cb").unicodeHost()).isEqualTo("a.example");
    }

    @Test
    void survivesAHostThatOnlyLooksInternationalised() {
        assertThat(ok("https://xn--a.example/cb").unicodeHost()).isNotEmpty();
    }

    private static RedirectUri ok(String text) {
        assertThat(RedirectUri.parse(text)).isInstanceOf(Result.Ok.class);
        return ((Result.Ok) RedirectUri.parse(text)).uri();
    }

    /** Characters that would not survive in a text file are written as in a Java source. */
    private static String unescaped(String text) {
        StringBuilder unescaped = new StringBuilder(text);
        for (int at = unescaped.indexOf("\\u"); at != -1; at = unescaped.indexOf("\\u")) {
            int codeUnit = Integer.parseInt(unescaped.substring(at + 2, at + 6), 16);
            unescaped.replace(at, at + 6, String.valueOf((char) codeUnit));
        }
        return unescaped.toString();
    }
}
