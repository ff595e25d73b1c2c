package dev.mcpclients.keycloak.approval;

import java.text.Normalizer;

/** Foreign text made harmless for a page: one line, nothing invisible, nothing that turns the writing direction, not long. */
public final class Shown {

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_LINE = 300;

    public static String name(String text) {
        return line(text, LONGEST_NAME);
    }

    public static String line(String text) {
        return line(text, LONGEST_LINE);
    }

    private static String line(String text, int longest) {
        StringBuilder kept = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                kept.append(' ');
            } else if (isVisible(c)) {
                kept.appendCodePoint(c);
            }
        });
        String line = kept.toString().strip().replaceAll(" {2,}", " ");
        int length = line.codePointCount(0, line.length());
        return length <= longest ? line : line.substring(0, line.offsetByCodePoints(0, longest)) + "…";
    }

    /** Format characters are the bidirectional controls, zero-width and tag characters of Unicode. */
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private Shown() {}
}
