package dev.mcpclients.keycloak.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-alikes are told from ordinary names and hosts; the rates stand in {@code docs/look-alikes.md}. */
final class LookAlikesTest {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();
    private static final Path PAGE = Path.of("..", "docs", "look-alikes.md");

    /** A look-alike and the product it is one of. */
    private record Sample(String product, String text) {
        static Sample of(String line) {
            int bar = line.indexOf('|');
            return new Sample(
                    line.substring(0, bar),
                    line.substring(bar + 1).replace("\\u200b", "\u200b").replace("\\u00ad", "\u00ad"));
        }
    }

    @Test
    void everyLookAlikeNameIsMarked() {
        List<Sample> samples =
                lines("look-alike-names.txt").stream().map(Sample::of).toList();
        assertThat(samples).hasSizeGreaterThan(300);
        assertThat(samples.stream()
                        .filter(sample -> !isSeenAs(sample.product(), imitatedBy(sample.text())))
                        .toList())
                .isEmpty();
        assertThat(page()).contains("| look-alike names | %d | %d |".formatted(samples.size(), samples.size()));
    }

    @Test
    void noOrdinaryNameIsMarked() {
        List<String> names = lines("ordinary-names.txt");
        assertThat(names).hasSizeGreaterThan(300);
        assertThat(names.stream().filter(name -> imitatedBy(name).isPresent()).toList())
                .isEmpty();
        assertThat(page()).contains("| ordinary names | %d | 0 |".formatted(names.size()));
    }

    @Test
    void everyLookAlikeHostIsMarked() {
        List<Sample> samples =
                lines("look-alike-hosts.txt").stream().map(Sample::of).toList();
        assertThat(samples).hasSizeGreaterThan(200);
        assertThat(samples.stream()
                        .filter(sample -> !isSeenAs(sample.product(), imitatedAt(sample.text())))
                        .toList())
                .isEmpty();
        assertThat(page()).contains("| look-alike hosts | %d | %d |".formatted(samples.size(), samples.size()));
    }

    @Test
    void noOrdinaryHostIsMarked() {
        List<String> hosts = lines("ordinary-hosts.txt");
        assertThat(hosts).hasSizeGreaterThan(150);
        assertThat(hosts.stream().filter(host -> imitatedAt(host).isPresent()).toList())
                .isEmpty();
        assertThat(page()).contains("| ordinary hosts | %d | 0 |".formatted(hosts.size()));
    }

    /** Lists that the rules were not made with, so what they say about the rules is worth more. */
    @Test
    void freshNamesAndHostsAreTold() {
        List<String> names = lines("fresh-look-alike-names.txt");
        List<String> hosts = lines("fresh-look-alike-hosts.txt");
        List<String> ordinaryNames = lines("fresh-ordinary-names.txt");
        List<String> ordinaryHosts = lines("fresh-ordinary-hosts.txt");
        assertThat(names).hasSize(60).hasSameSizeAs(ordinaryNames);
        assertThat(hosts).hasSize(30).hasSameSizeAs(ordinaryHosts);

        List<String> missed =
                names.stream().filter(name -> imitatedBy(name).isEmpty()).toList();
        assertThat(missed).containsExactlyInAnyOrder("GPT Chat", "Curser", "Microsoft Copilot", "Gemini");
        assertThat(hosts).allSatisfy(host -> assertThat(imitatedAt(host)).isPresent());
        assertThat(ordinaryNames)
                .allSatisfy(name -> assertThat(imitatedBy(name)).isEmpty());
        assertThat(ordinaryHosts)
                .allSatisfy(host -> assertThat(imitatedAt(host)).isEmpty());
        assertThat(page())
                .contains(missed)
                .contains("| look-alike names, fresh | 60 | 46 | %d |".formatted(60 - missed.size()))
                .contains("| ordinary names, fresh | 60 | 0 | 0 |")
                .contains("| look-alike hosts, fresh | 30 | 27 | 30 |")
                .contains("| ordinary hosts, fresh | 30 | 0 | 0 |");
    }

    @ParameterizedTest
    @CsvSource({
        "claud.ai, claude",
        "clauda.ai, claude",
        "login.githud.com, copilot-cli",
        "cursor.com-login.example, cursor",
        "my-claude.ai.example.net, claude",
        "cursor-2026.example, cursor"
    })
    void oneLetterOrAHyphenMakesNoOtherHost(String host, String product) {
        assertThat(imitatedAt(host).map(KnownClient::id)).contains(product);
    }

    /** With another ending, an added letter, or beside an ordinary word it is another name. */
    @ParameterizedTest
    @ValueSource(strings = {"claud.example", "openair.com", "curso.com", "analyzed.dev-team.example"})
    void otherHostsAreOtherHosts(String host) {
        assertThat(imitatedAt(host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Codex 2026, codex", "Zed v0.201.3, zed", "ChapGPT, chatgpt", "Klaude, claude", "Kursor, cursor"})
    void versionsAndLettersThatSoundTheSameMakeNoOtherName(String name, String product) {
        assertThat(imitatedBy(name).map(KnownClient::id)).contains(product);
    }

    @ParameterizedTest
    @CsvSource({"chatgpt.com.evil.example, chatgpt", "claude.app, claude", "vscode-dev.example, vscode"})
    void aHostIsTakenForTheProductThatIsAtHomeThere(String host, String product) {
        assertThat(imitatedAt(host).map(KnownClient::id)).contains(product);
    }

    @ParameterizedTest
    @CsvSource({
        "Acme Notes, Acme Notes (official)",
        "Acme Notes, ACME-NOTES",
        "Acme Notes, Асme Notes",
        "Acme Notes, AcmeNotes 2.0",
        "Acme Notes, The verified Acme Notes App",
        "Official, official"
    })
    void namesThatLookTheSameHaveTheSameSkeleton(String one, String other) {
        assertThat(Catalogue.skeleton(one)).isNotEmpty().isEqualTo(Catalogue.skeleton(other));
    }

    @ParameterizedTest
    @CsvSource({"Acme Notes, Acme Tasks", "Acme Notes, Notes", "Official App, My Client"})
    void otherNamesHaveOtherSkeletons(String one, String other) {
        assertThat(Catalogue.skeleton(one)).isNotEqualTo(Catalogue.skeleton(other));
    }

    @Test
    void aNameWithoutLettersHasNoSkeleton() {
        assertThat(Catalogue.skeleton("🚀 ()")).isEmpty();
    }

    /** Products of one vendor, or of one name, are not told apart: whose look-alike it is counts. */
    private static boolean isSeenAs(String product, Optional<KnownClient> seen) {
        KnownClient expected = CATALOGUE.clients().stream()
                .filter(client -> client.id().equals(product))
                .findFirst()
                .orElseThrow();
        return seen.filter(client -> client.vendor().equals(expected.vendor())).isPresent();
    }

    /** As it is stored: harmless, and sent with an address that is nobody's. */
    private static Optional<KnownClient> imitatedBy(String name) {
        return CATALOGUE.imitated(DisplayText.harmless(name, 100), List.of(uri("https://app.example/cb")));
    }

    private static Optional<KnownClient> imitatedAt(String host) {
        return CATALOGUE.imitated("My App", List.of(uri("https://" + host + "/cb")));
    }

    private static RedirectUri uri(String text) {
        assertThat(RedirectUri.parse(text)).as(text).isInstanceOf(RedirectUri.Result.Ok.class);
        return ((RedirectUri.Result.Ok) RedirectUri.parse(text)).uri();
    }

    private static List<String> lines(String file) {
        return read(Path.of("src/test/resources/dev/mcpclients/keycloak/catalogue", file))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .distinct()
                .toList();
    }

    private static String page() {
        return read(PAGE);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
