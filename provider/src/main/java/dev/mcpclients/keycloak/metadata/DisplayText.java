package dev.mcpclients.keycloak.metadata;

import java.text.Normalizer;

/**
 * Makes foreign text fit to be shown: one line, nothing invisible, nothing that changes the direction of writing, no markup, no
 * message key. Keycloak 26.7 passes client names through its message look-up ({@code ${…}}) and a sanitiser that first decodes
 * entities, so both are taken out when the text is stored, not when it is shown.
 */
public final class DisplayText {
    /** What is shown of a name of which nothing is left. */
    public static final String UNNAMED = "Unnamed app";

    private static final String ELLIPSIS = "…";

    /** Code points that are looked at: putting marks in order costs the square of their number. */
    private static final int READ = 2_000;

    /** More marks on one letter than any living script needs grow over the lines around it. */
    private static final int MARKS_IN_A_ROW = 3;

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_LINE = 300;

    private DisplayText() {}

    /** A name as it fits into a heading. */
    public static String name(String raw) {
        return stripped(raw, LONGEST_NAME);
    }

    /** A line of text, such as an address. */
    public static String line(String raw) {
        return stripped(raw, LONGEST_LINE);
    }

    /** The text made harmless, at most so many code points long, never empty. */
    public static String harmless(String raw, int max) {
        String text = stripped(raw, max);
        return text.isEmpty() ? UNNAMED : text;
    }

    /** The text made harmless, at most so many code points long; may be empty. */
    public static String stripped(String raw, int max) {
        String text = beginning(raw);
        String before;
        do {
            before = text;
            text = Normalizer.normalize(visible(Normalizer.normalize(text, Normalizer.Form.NFC)), Normalizer.Form.NFC);
            text = defused(text).replaceAll(" +", " ").strip();
        } while (!text.equals(before));
        return shortened(text, max);
    }

    private static String beginning(String raw) {
        return raw.length() <= READ || raw.codePointCount(0, raw.length()) <= READ
                ? raw
                : raw.substring(0, raw.offsetByCodePoints(0, READ));
    }

    /** Whether a character leaves a mark on the screen and stays where it stands. */
    static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> !isIgnorable(codePoint);
        };
    }

    /** Unicode's Default_Ignorable_Code_Point as far as the general category does not tell, and the empty Braille cell. */
    private static boolean isIgnorable(int codePoint) {
        return codePoint == 0x034F
                || codePoint == 0x115F
                || codePoint == 0x1160
                || codePoint == 0x17B4
                || codePoint == 0x17B5
                || (codePoint >= 0x180B && codePoint <= 0x180F)
                || codePoint == 0x2800
                || codePoint == 0x3164
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || codePoint == 0xFFA0
                || codePoint == 0xFFFC
                || codePoint == 0xFFFD
                || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        int marks = 0;
        for (int codePoint : text.codePoints().toArray()) {
            marks = isMark(codePoint) ? marks + 1 : 0;
            if (isSpace(codePoint)) {
                visible.append(' ');
            } else if (isVisible(codePoint) && marks <= MARKS_IN_A_ROW && codePoint != '<' && codePoint != '>') {
                visible.appendCodePoint(codePoint);
            }
        }
        return visible.toString();
    }

    /** Takes apart what a template or sanitiser would read as more than text: message keys and character entities. */
    private static String defused(String text) {
        return text.replaceAll("(?<!\\$)\\$++\\{", "{").replaceAll("&(?=[A-Za-z#])", "& ");
    }

    private static String shortened(String text, int max) {
        if (text.codePointCount(0, text.length()) <= max) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, max - 1)).strip() + ELLIPSIS;
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.getType(codePoint) == Character.SPACE_SEPARATOR
                || codePoint == 0x85;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }
}
