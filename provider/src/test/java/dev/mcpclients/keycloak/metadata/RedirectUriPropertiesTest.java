package dev.mcpclients.keycloak.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.metadata.RedirectUri.Result;
import java.net.URI;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every text that may be a redirect URI. */
final class RedirectUriPropertiesTest {

    @Property
    void answersToAnyText(@ForAll String text) {
        assertThat(RedirectUri.parse(text)).isNotNull();
    }

    @Property(tries = 20_000)
    void whatIsAcceptedIsSafeToStoreAndToFollow(@ForAll("almostUris") String text) {
        if (!(RedirectUri.parse(text) instanceof Result.Ok ok)) {
            return;
        }
        for (String stored : ok.uri().registered()) {
            assertThat(stored)
                    .matches("[!-~]+")
                    .doesNotContain("*", "#", "\\", "/../", "/./")
                    .hasSizeLessThanOrEqualTo(Limits.REDIRECT_URI);
            URI read = URI.create(stored);
            assertThat(read.isAbsolute()).isTrue();
            assertThat(read.getRawUserInfo()).isNull();
            assertThat(read.normalize().getRawPath()).isNotNull();
            if (stored.startsWith("http:")) {
                assertThat(read.getHost()).matches("localhost|\\[::1]|127\\.\\d+\\.\\d+\\.\\d+");
            }
        }
    }

    /** Where another reader of URIs would send the browser is where we say it goes. */
    @Property(tries = 20_000)
    void agreesWithJavaAboutHostAndPort(@ForAll("almostUris") String text) {
        if (RedirectUri.parse(text) instanceof Result.Ok ok && ok.uri().kind() != RedirectKind.PRIVATE_USE) {
            URI read = URI.create(text);
            assertThat(read.getHost().toLowerCase(Locale.ROOT))
                    .isEqualTo(ok.uri().host());
            assertThat(read.getPort()).isEqualTo(ok.uri().port());
        }
    }

    @Property
    void theCanonicalFormIsItsOwn(@ForAll("almostUris") String text) {
        if (RedirectUri.parse(text) instanceof Result.Ok ok) {
            String canonical = ok.uri().canonical();
            assertThat(RedirectUri.parse(canonical)).isInstanceOfSatisfying(Result.Ok.class, again -> {
                assertThat(again.uri().canonical()).isEqualTo(canonical);
                assertThat(again.uri().registered()).isEqualTo(ok.uri().registered());
            });
        }
    }

    @Property
    void everyLoopbackPortIsTheSameSoftware(@ForAll("ports") int port, @ForAll("loopbackNames") String host) {
        assertThat(RedirectUri.parse("http://" + host + ":" + port + "/callback"))
                .isInstanceOfSatisfying(
                        Result.Ok.class, ok -> assertThat(ok.uri().canonical()).isEqualTo("http://localhost/callback"));
    }

    @Provide
    Arbitrary<Integer> ports() {
        return Arbitraries.integers().between(1, 65_535);
    }

    @Provide
    Arbitrary<String> loopbackNames() {
        return Arbitraries.of("localhost", "127.0.0.1", "[::1]", "LocalHost");
    }

    /** URIs put together from good and bad parts. */
    @Provide
    Arbitrary<String> almostUris() {
        Arbitrary<String> schemes =
                Arbitraries.of("http", "https", "HTTPS", "com.example.app", "cursor", "javascript", "ftp", "");
        Arbitrary<String> separators = Arbitraries.of(":", "://", "://", "://", ":/", ":///", ":\\\\");
        Arbitrary<String> userinfo = Arbitraries.of("", "", "", "", "claude.ai@", "a:b@", "%40");
        Arbitrary<String> hosts = Arbitraries.oneOf(
                Arbitraries.of(
                        "localhost",
                        "127.0.0.1",
                        "[::1]",
                        "127.9.9.9",
                        "evil.example",
                        "EVIL.example",
                        "claude.ai",
                        "localhost.",
                        "0x7f.1",
                        "1.2.3.4",
                        "[::ffff:127.0.0.1]",
                        "[2001:db8::1]",
                        "*.x",
                        "a_b.c",
                        ""),
                Arbitraries.strings().withChars("ab-._:[]@%0x1/\\").ofMaxLength(8));
        Arbitrary<String> ports = Arbitraries.of("", "", ":1", ":443", ":0", ":65536", ":", ":080", ":8080");
        Arbitrary<String> paths = Arbitraries.oneOf(
                Arbitraries.of("", "/", "/cb", "/a/../b", "/..;/", "/%2e%2e/", "/%20", "/*", "/é", "/\u202e", "/[x]"),
                Arbitraries.strings().withChars("/.%2eEfF;*#?\\a:@!$&'()+,=~-_").ofMaxLength(10));
        Arbitrary<String> ends = Arbitraries.of("", "", "", "", "?", "?x=1", "#", "#f", " ", "\n", "a".repeat(300));
        return Combinators.combine(schemes, separators, userinfo, hosts, ports, paths, ends)
                .as((scheme, separator, user, host, port, path, end) ->
                        scheme + separator + user + host + port + path + end);
    }
}
