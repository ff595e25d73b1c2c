package dev.mcpclients.keycloak.resource;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The absolute URL of a resource, compared as RFC 3986 section 6.2 allows for {@code http} and {@code https}: the case of
 * scheme and host, the default port and an empty path make no difference, everything else does. One URL never covers another.
 *
 * @param value as it was written
 * @param canonical the form that is compared
 */
public record ResourceUrl(String value, String canonical) {

    private static final int LONGEST = 2048;

    /**
     * RFC 8707 section 2: the value MUST be an absolute URI and MUST NOT include a fragment component.
     *
     * @return empty where the text is no such URL, or none that an MCP server can have
     */
    public static Optional<ResourceUrl> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web || host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Optional.empty();
        }
        return Optional.of(new ResourceUrl(text, canonical(uri, scheme, host.toLowerCase(Locale.ROOT))));
    }

    /** Whether both texts are URLs of the same resource. */
    public static boolean same(String one, String other) {
        return one.equals(other)
                || parse(one)
                        .flatMap(a -> parse(other).filter(b -> a.canonical().equals(b.canonical())))
                        .isPresent();
    }

    public URI uri() {
        return URI.create(value);
    }

    private static String canonical(URI uri, String scheme, String host) {
        int defaultPort = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() == -1 || uri.getPort() == defaultPort ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return scheme + "://" + host + port + path + query;
    }
}
