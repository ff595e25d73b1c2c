package dev.mcpclients.keycloak.catalogue;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is left of a name when everything is taken off that a reader might not notice: case, accents, letters of another script
 * or digits that look the same. Only good for comparing with another skeleton. A first version: it knows the letters below, not
 * all of Unicode's confusables (UTS 39).
 */
final class Skeleton {
    /** Pairs of a look-alike and the Latin letter it looks like, after decomposition and in lower case. */
    private static final String CYRILLIC = "аaвbсcԁdеeгrһhіlїlјjкkӏlмmнhоoрpѕsтtуyѵvԝwхxьbзeяrцuпnлnшw";

    private static final String GREEK = "αaβbγyεeζzηnιlκkλlνvοoρpςcϲcσoτtυuχxωwμu";
    private static final String OTHER = "ɑaʙbᴄcɗdɡgһhıiʝjʟlɩlɴnøoօoքpʀrꜱsսuʋvᴠvᴡwʏyᴢzłlđdħhŧtƒfßbæaœo";

    /** Latin letters and digits that are taken for one another; i, l, 1 and | end as one. */
    private static final String LATIN = "il1l|l0o3e4a5s7t8b$s";

    private static final Map<Integer, Integer> LOOKS_LIKE = new HashMap<>();

    static {
        for (String pairs : List.of(CYRILLIC, GREEK, OTHER, LATIN)) {
            int[] codePoints = pairs.codePoints().toArray();
            for (int i = 0; i < codePoints.length; i += 2) {
                LOOKS_LIKE.put(codePoints[i], codePoints[i + 1]);
            }
        }
    }

    private Skeleton() {}

    /** The skeletons of the words of a name. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        // Before decomposition too: it makes an ordinary sigma of the one that looks like a c.
        String seen = looks(name.toLowerCase(Locale.ROOT));
        String text = looks(Normalizer.normalize(seen, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT));
        for (int codePoint : text.codePoints().toArray()) {
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

    private static String looks(String text) {
        StringBuilder looks = new StringBuilder();
        text.codePoints().map(Skeleton::latin).forEach(looks::appendCodePoint);
        return looks.toString();
    }

    /** Twice, for a foreign letter may look like a Latin one that is taken for another. */
    private static int latin(int codePoint) {
        int first = LOOKS_LIKE.getOrDefault(codePoint, codePoint);
        return LOOKS_LIKE.getOrDefault(first, first);
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
