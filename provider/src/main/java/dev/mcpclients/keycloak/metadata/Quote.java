package dev.mcpclients.keycloak.metadata;

import java.util.Locale;

/** A foreign value as it may stand in an answer: printable ASCII, without quotes or markup, shortened. */
final class Quote {
    private static final String UNSAFE = "\"\\<>&'`{}";

    private Quote() {}

    /** RFC 7591 section 3.2.2: {@code error_description} is ASCII text. */
    static String of(String value) {
        StringBuilder quoted = new StringBuilder();
        int[] codePoints = value.codePoints().limit(Limits.QUOTE + 1L).toArray();
        for (int codePoint : codePoints) {
            String shown = shown(codePoint);
            if (quoted.length() + shown.length() > Limits.QUOTE) {
                return quoted.append("...").toString();
            }
            quoted.append(shown);
        }
        return quoted.toString();
    }

    private static String shown(int codePoint) {
        boolean safe = codePoint >= 0x20 && codePoint < 0x7F && UNSAFE.indexOf(codePoint) < 0;
        return safe ? Character.toString(codePoint) : String.format(Locale.ROOT, "[U+%04X]", codePoint);
    }
}
