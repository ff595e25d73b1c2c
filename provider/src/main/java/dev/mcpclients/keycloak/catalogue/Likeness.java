package dev.mcpclients.keycloak.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How a name of several words is like a known one: said in full somewhere in it, with an affix, or misspelt. */
final class Likeness {
    /** Words that make nobody look twice: what an imitation adds to sound more official, or a product to tell its editions apart. */
    private static final Set<String> AFFIXES = skeletons(
            """
            official officially offizielle offizieller officiel oficial verified verify genuine authentic original real
            true trusted certified approved secure safe the my get try use by from of for with and app apps client
            connector connect connection desktop mobile web online cloud server service services agent agents assistant
            bot editor ide cli api sdk ai mcp gpt llm pro plus max premium free beta alpha preview insiders nightly stable
            new next latest edition version inc llc ltd gmbh corp hq team teams work business enterprise labs tm login
            signin sign auth oauth sso account accounts support help www id io com dev net org co code coding chat
            extension plugin integration inspector remote local
            """);

    /** From this length on a name is found inside a longer word too; shorter ones are parts of ordinary words (philanthropic). */
    private static final int FOUND_INSIDE = 10;

    /** From this length on one missing or added letter is a misspelling; in shorter words it often is another word. */
    private static final int ONE_LETTER_OFF = 8;

    /** From this length on one wrong letter is. */
    private static final int ONE_LETTER_WRONG = 7;

    /** From this length on two swapped neighbours or a doubled letter are a misspelling. */
    private static final int LETTERS_SWAPPED = 6;

    /** Below this length nothing but the name itself is told from ordinary words. */
    private static final int TELLING = 5;

    private final List<String> words;
    private final String joined;
    private final Set<String> runs;

    Likeness(List<String> words) {
        this.words = words;
        this.joined = String.join("", words);
        this.runs = runs(words);
    }

    /** Whether the known name, a skeleton without spaces, is said in it. */
    boolean says(String known) {
        return runs.stream().anyMatch(run -> isLike(run, known))
                || (known.length() >= FOUND_INSIDE && joined.contains(known));
    }

    /** The same for a name that is an ordinary word too: it has to be the whole name but for affixes and other known names. */
    boolean isOnly(String known, Set<String> otherNames) {
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= words.size(); to++) {
                List<String> rest = new ArrayList<>(words.subList(0, from));
                rest.addAll(words.subList(to, words.size()));
                if (isLike(String.join("", words.subList(from, to)), known)
                        && rest.stream().allMatch(word -> isDecoration(word) || otherNames.contains(word))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The words without affixes, numbers and versions, joined; all of them where nothing else is there. */
    static String essence(List<String> words) {
        String essence = words.stream().filter(word -> !isDecoration(word)).collect(Collectors.joining());
        return essence.isEmpty() ? String.join("", words) : essence;
    }

    private static boolean isDecoration(String word) {
        return AFFIXES.contains(word) || word.length() == 1 || word.codePoints().noneMatch(Character::isLetter);
    }

    private static boolean isLike(String run, String known) {
        return run.equals(known)
                || (known.length() >= TELLING && (isGlued(run, known) || soundsLike(run, known)))
                || (known.length() >= LETTERS_SWAPPED && (isSwapped(run, known) || isDoubled(run, known)))
                || (known.length() >= (run.length() == known.length() ? ONE_LETTER_WRONG : ONE_LETTER_OFF)
                        && isOneLetterOff(run, known));
    }

    private static boolean isGlued(String run, String known) {
        return (run.startsWith(known) && AFFIXES.contains(run.substring(known.length())))
                || (run.endsWith(known) && AFFIXES.contains(run.substring(0, run.length() - known.length())));
    }

    /** {@code Klaude}, {@code Kursor}. */
    private static boolean soundsLike(String run, String known) {
        return run.replace('k', 'c').equals(known.replace('k', 'c'));
    }

    private static boolean isSwapped(String run, String known) {
        if (run.length() != known.length()) {
            return false;
        }
        int i = 0;
        while (i < run.length() && run.charAt(i) == known.charAt(i)) {
            i++;
        }
        return i < run.length() - 1
                && run.charAt(i) == known.charAt(i + 1)
                && run.charAt(i + 1) == known.charAt(i)
                && run.substring(i + 2).equals(known.substring(i + 2));
    }

    private static boolean isDoubled(String run, String known) {
        return run.length() > known.length() && undoubled(run).equals(undoubled(known));
    }

    private static String undoubled(String text) {
        return text.replaceAll("(.)\\1+", "$1");
    }

    static boolean isOneLetterOff(String run, String known) {
        boolean runIsLonger = run.length() >= known.length();
        String longer = runIsLonger ? run : known;
        String shorter = runIsLonger ? known : run;
        if (longer.length() - shorter.length() > 1) {
            return false;
        }
        int i = 0;
        while (i < shorter.length() && shorter.charAt(i) == longer.charAt(i)) {
            i++;
        }
        // The letters after the one that is wrong, or missing.
        int next = longer.length() == shorter.length() ? i + 1 : i;
        return longer.substring(Math.min(i + 1, longer.length()))
                .equals(shorter.substring(Math.min(next, shorter.length())));
    }

    /** Every row of words that stand next to each other, written together. */
    private static Set<String> runs(List<String> words) {
        Set<String> runs = new LinkedHashSet<>();
        for (int from = 0; from < words.size(); from++) {
            StringBuilder run = new StringBuilder();
            for (int to = from; to < words.size(); to++) {
                runs.add(run.append(words.get(to)).toString());
            }
        }
        return runs;
    }

    private static Set<String> skeletons(String words) {
        Set<String> skeletons = new HashSet<>();
        for (String word : words.strip().split("\\s+", -1)) {
            skeletons.add(Skeleton.joined(word));
        }
        return skeletons;
    }
}
