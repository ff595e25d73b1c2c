package dev.mcpclients.keycloak.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Unicode's confusables: which characters look like which (UTS 39 section 4). The table is taken from ICU4J's {@code
 * SpoofChecker}, which is too large to ship; a test compares the two for every code point.
 */
final class Confusables {
    private static final String TABLE = "confusables.txt";

    private static final Map<Integer, String> LOOKS_LIKE = read();

    private Confusables() {}

    /** UTS 39 section 4: the skeleton of a text, equal for two texts that look the same; good for comparing only. */
    static String skeleton(String text) {
        StringBuilder skeleton = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().forEach(codePoint -> append(skeleton, codePoint));
        return Normalizer.normalize(skeleton, Normalizer.Form.NFD);
    }

    private static void append(StringBuilder skeleton, int codePoint) {
        String prototype = LOOKS_LIKE.get(codePoint);
        if (prototype == null) {
            skeleton.appendCodePoint(codePoint);
        } else {
            skeleton.append(prototype);
        }
    }

    /** Each line: the look-alikes, a colon, what they look like, all in hexadecimal; {@code a-b} is a range. */
    private static Map<Integer, String> read() {
        Map<Integer, String> table = new HashMap<>();
        try (InputStream file = Confusables.class.getResourceAsStream(TABLE)) {
            if (file == null) {
                throw new IllegalStateException(TABLE + " is missing from the JAR");
            }
            new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> readLine(line, table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(table);
    }

    private static void readLine(String line, Map<Integer, String> table) {
        int colon = line.indexOf(':');
        StringBuilder prototype = new StringBuilder();
        for (String codePoint : line.substring(colon + 1).trim().split(" +", -1)) {
            if (!codePoint.isEmpty()) {
                prototype.appendCodePoint(Integer.parseInt(codePoint, 16));
            }
        }
        for (String lookAlikes : line.substring(0, colon).split(" ", -1)) {
            int dash = lookAlikes.indexOf('-');
            int first = Integer.parseInt(dash == -1 ? lookAlikes : lookAlikes.substring(0, dash), 16);
            int last = dash == -1 ? first : Integer.parseInt(lookAlikes.substring(dash + 1), 16);
            for (int codePoint = first; codePoint <= last; codePoint++) {
                table.put(codePoint, prototype.toString());
            }
        }
    }
}
