package dev.mcpclients.keycloak.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of confusables is that of ICU4J; where it is not, the test leaves the right one in the build directory. */
final class ConfusablesTest {
    private static final SpoofChecker ICU =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    private static final Normalizer2 NFD = Normalizer2.getNFDInstance();

    @Test
    void theTableIsThatOfIcu() throws IOException {
        String expected = table();
        Path generated = Path.of("target", "confusables.txt");
        Files.createDirectories(generated.getParent());
        Files.writeString(generated, expected);
        try (InputStream shipped = Confusables.class.getResourceAsStream("confusables.txt")) {
            assertThat(shipped).isNotNull();
            assertThat(new String(shipped.readAllBytes(), StandardCharsets.US_ASCII))
                    .as("copy %s over the resource", generated)
                    .isEqualTo(expected);
        }
    }

    /** Java's own normalisation may be of an older Unicode version: what it does not know yet is left out. */
    @Test
    void everyCodePointHasTheSkeletonOfIcu() {
        List<String> different = codePoints()
                .filter(Character::isDefined)
                .filter(codePoint -> !Confusables.skeleton(Character.toString(codePoint))
                        .equals(ICU.getSkeleton(Character.toString(codePoint))))
                .mapToObj(Integer::toHexString)
                .toList();
        assertThat(different).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Clаude, Claude", "ϹhatGPT, ChatGPT", "Cursοr, Cursor", "modern, modem"})
    void confusableTextsHaveTheSameSkeleton(String one, String other) {
        assertThat(Confusables.skeleton(one)).isEqualTo(Confusables.skeleton(other));
        assertThat(ICU.areConfusable(one, other)).isNotZero();
    }

    private static IntStream codePoints() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE);
    }

    private static String table() {
        Map<String, List<Integer>> byPrototype = new TreeMap<>();
        codePoints().filter(ConfusablesTest::isOwnEntry).forEach(codePoint -> byPrototype
                .computeIfAbsent(ICU.getSkeleton(Character.toString(codePoint)), prototype -> new ArrayList<>())
                .add(codePoint));
        return """
                # Confusables of ICU4J %s, Unicode %s: look-alikes, a colon, what they look like.
                # Copyright (c) 1991-2025 Unicode, Inc. Unicode License v3, see META-INF/licenses/unicode.txt.
                # Generated and compared by ConfusablesTest.
                """
                        .formatted(VersionInfo.ICU_VERSION, com.ibm.icu.lang.UCharacter.getUnicodeVersion())
                + byPrototype.entrySet().stream()
                        .map(entry -> ranges(entry.getValue()) + ": " + hex(entry.getKey()))
                        .map(String::stripTrailing)
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A character that decomposes has the skeleton of its parts. */
    private static boolean isOwnEntry(int codePoint) {
        String text = Character.toString(codePoint);
        return NFD.isNormalized(text) && !ICU.getSkeleton(text).equals(text);
    }

    private static String hex(String text) {
        return text.codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
    }

    private static String ranges(List<Integer> codePoints) {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < codePoints.size(); i++) {
            int first = codePoints.get(i);
            while (i + 1 < codePoints.size() && codePoints.get(i + 1) == codePoints.get(i) + 1) {
                i++;
            }
            int last = codePoints.get(i);
            ranges.add(Integer.toHexString(first) + (last == first ? "" : "-" + Integer.toHexString(last)));
        }
        return String.join(" ", ranges);
    }
}
