package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages of the documentation name exists, and what they should name is named. */
final class DocsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final int ABUSE_CASES = 31;
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");
    private static final Pattern LINK = Pattern.compile("]\\(([^):#]*)(?:#([^)]*))?\\)");
    private static final Pattern FINDING = Pattern.compile("new Finding\\(\\s*\"([a-z-]+)\"");

    @Test
    void theSecurityPageNamesAClassAndATestForEveryCase() throws IOException {
        List<String> rows = Files.readAllLines(DOCS.resolve("security.md")).stream()
                .filter(line -> line.matches("\\| A\\d+ \\|.*"))
                .toList();
        assertThat(rows)
                .extracting(row -> row.replaceAll("^\\| A(\\d+) .*", "$1"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ABUSE_CASES)
                        .mapToObj(Integer::toString)
                        .toList());
        for (String row : rows) {
            String[] cells = row.split(" \\| ", -1);
            assertThat(names(cells[3], "src/main")).as(row).isNotZero();
            assertThat(names(cells[4], "src/test")).as(row).isNotZero();
        }
    }

    @Test
    void theTroubleshootingPageExplainsEveryFinding() throws IOException {
        String page = Files.readString(DOCS.resolve("troubleshooting.md"));
        List<Path> checks = files("provider/src/main/java/dev/mcpclients/keycloak/doctor");
        long findings = 0;
        for (Path check : checks) {
            Matcher matcher = FINDING.matcher(Files.readString(check));
            while (matcher.find()) {
                findings++;
                assertThat(page).contains("| `" + matcher.group(1) + "` |");
            }
        }
        assertThat(findings).isGreaterThanOrEqualTo(12);
    }

    @Test
    void linksLeadToFilesAndTheirHeadings() throws IOException {
        for (Path page : pages()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                Path file = links.group(1).isEmpty() ? page : page.resolveSibling(links.group(1));
                assertThat(file).exists();
                if (links.group(2) != null) {
                    assertThat(headings(file)).as(page + ": " + links.group()).contains(links.group(2));
                }
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> readmes = Files.walk(ROOT, 3)) {
            return Stream.concat(
                            files("docs").stream()
                                    .filter(page -> page.toString().endsWith(".md")),
                            readmes
                                    .filter(page -> page.endsWith("README.md"))
                                    .filter(page -> !page.toString().contains("target"))
                                    .toList()
                                    .stream())
                    .toList();
        }
    }

    /** As links name them: in lower case, without punctuation, joined by hyphens. */
    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** How many classes the cell names; each is a file, and has the method where one is named. */
    private static int names(String cell, String sources) throws IOException {
        int count = 0;
        Matcher matcher = NAME.matcher(cell);
        while (matcher.find()) {
            String file = "/" + matcher.group(1) + ".java";
            String method = matcher.group(2);
            List<Path> found = Stream.concat(files("provider/src").stream(), files("integration-tests/src").stream())
                    .filter(path ->
                            path.toString().contains(sources) && path.toString().endsWith(file))
                    .toList();
            assertThat(found).as(matcher.group()).hasSizeBetween(1, 2);
            if (method != null) {
                assertThat(Files.readString(found.get(0))).contains(" " + method + "(");
            }
            count++;
        }
        return count;
    }

    private static List<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
            return files.filter(path -> !path.toString().contains("node_modules"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
