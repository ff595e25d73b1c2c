package dev.mcpclients.keycloak.metadata;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in the public text of a rule. */
final class Text {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(value|member)\\}");

    private Text() {}

    static String filled(String template, String reference, String member, String value) {
        String text = PLACEHOLDER
                .matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Quote.of(found.group(1).equals("value") ? value : member)));
        return text + " (" + reference + ")";
    }
}
