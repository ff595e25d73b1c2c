package dev.mcpclients.keycloak.catalogue;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A URI of the catalogue: exact but for path segments written <code>{id}</code>, which stand for any one value. */
public record UriTemplate(String text) {
    private static final String ID = "{id}";
    private static final String ONE_SEGMENT = "[A-Za-z0-9._~-]{1,128}";

    /** Whether that URI, in canonical form, is one of these. */
    public boolean matches(String uri) {
        return hasId() ? pattern().matcher(uri).matches() : text.equals(uri);
    }

    boolean hasId() {
        return text.contains(ID);
    }

    private Pattern pattern() {
        return Pattern.compile(Arrays.stream(text.split(Pattern.quote(ID), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(ONE_SEGMENT)));
    }
}
