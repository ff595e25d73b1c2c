package dev.mcpclients.keycloak.catalogue;

import java.util.regex.Pattern;

/**
 * A URI of the catalogue: exact, but for path segments written <code>{id}</code>, which stand for any one value, and a host
 * written <code>{host}</code>, which stands for any host and port.
 */
public record UriTemplate(String text) {
    private static final String ID = "{id}";
    private static final String HOST = "{host}";
    private static final String ANY_SEGMENT = "\\E[A-Za-z0-9._~-]{1,128}\\Q";
    private static final String ANY_HOST = "\\E[a-z0-9.-]{1,253}(:\\d{1,5})?\\Q";

    /** Whether that URI, in canonical form, is one of these. */
    public boolean matches(String uri) {
        int variable = text.indexOf('{');
        return variable == -1
                ? text.equals(uri)
                : uri.startsWith(text.substring(0, variable))
                        && pattern().matcher(uri).matches();
    }

    /** Whether one connection differs from the next in a path segment. */
    boolean hasId() {
        return text.contains(ID);
    }

    private Pattern pattern() {
        return Pattern.compile("\\Q" + text.replace(ID, ANY_SEGMENT).replace(HOST, ANY_HOST) + "\\E");
    }
}
