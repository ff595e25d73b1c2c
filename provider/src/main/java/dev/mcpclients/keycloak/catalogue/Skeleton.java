package dev.mcpclients.keycloak.catalogue;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is left of a name when everything is taken off that a reader might not notice: case, accents, letters of another script
 * or digits that look the same. Only good for comparing with another skeleton.
 */
final class Skeleton {
    /**
     * Pairs of a look-alike and the Latin letter it is taken for, in lower case, beside Unicode's confusables: those are about
     * shapes that are the same, these about shapes that pass when nobody looks twice.
     */
    private static final String CYRILLIC = "вbгrзeиuкkмmнhпnтtцuчyшwяrь6";

    private static final String GREEK = "βbεeζzηnκkλlμuςcτtχxωw";
    private static final String OTHER = "ɑaʙbɗdɡgɦhʜhᴋkʟlᴍmɴnʀrꜱsᴛtʏyłlđdħhŧtƒfßb";

    /** Latin letters and digits that are taken for one another; i, l, 1 and | end as one. */
    private static final String LATIN = "il1l|l0o3e4a5s7t8b$s";

    private static final Map<Integer, Integer> TAKEN_FOR = new HashMap<>();

    static {
        for (String pairs : List.of(CYRILLIC, GREEK, OTHER, LATIN)) {
            int[] codePoints = pairs.codePoints().toArray();
            for (int i = 0; i < codePoints.length; i += 2) {
                TAKEN_FOR.put(codePoints[i], codePoints[i + 1]);
            }
        }
    }

    /** Words that are nothing but a version: {@code 2.0}, {@code v0.46}, {@code 2026}. */
    private static final Pattern VERSION =
            Pattern.compile("(?<![\\p{L}\\p{N}])[vV]?\\d+(?:\\.\\d+)*(?![\\p{L}\\p{N}])");

    private Skeleton() {}

    /** The name as it is written, without versions: in a skeleton their digits are letters. */
    static String withoutVersions(String name) {
        return VERSION.matcher(name).replaceAll(" ");
    }

    /** The skeletons of the words of a name. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int codePoint : folded(name).codePoints().toArray()) {
            if (Character.isLetterOrDigit(codePoint)) {
                word.appendCodePoint(codePoint);
            } else if (!isMark(codePoint) && !word.isEmpty()) {
                words.add(joinedLetters(word));
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(joinedLetters(word));
        }
        return words;
    }

    static String joined(String name) {
        return String.join("", words(name));
    }

    /**
     * Capitals are compared as they look before they are made small: a capital eta looks like an H, a small one like an n. Twice,
     * for a letter may look like one that is taken for another.
     */
    private static String folded(String name) {
        // Before compatibility decomposition too: it makes an ordinary sigma of the one that looks like a C.
        String text = takenFor(Confusables.skeleton(takenFor(name.replaceAll("[™®©℠]", " "))));
        for (int round = 0; round < 2; round++) {
            String seen = Confusables.skeleton(Normalizer.normalize(text, Normalizer.Form.NFKD));
            text = takenFor(seen.toLowerCase(Locale.ROOT));
        }
        return text;
    }

    private static String takenFor(String text) {
        StringBuilder taken = new StringBuilder();
        text.codePoints()
                .map(codePoint -> TAKEN_FOR.getOrDefault(codePoint, codePoint))
                .forEach(taken::appendCodePoint);
        return taken.toString();
    }

    private static String joinedLetters(StringBuilder word) {
        return word.toString().replace("rn", "m").replace("vv", "w");
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT -> true;
            default -> false;
        };
    }
}
