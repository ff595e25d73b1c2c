package dev.mcpclients.keycloak.metadata;

import dev.mcpclients.keycloak.metadata.RedirectUri.Result;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads redirect URIs. Stricter than {@link java.net.URI}, and other than it: RFC 8252's {@code com.example.app:/callback} has
 * no host, which is no fault there.
 */
final class RedirectUriParser {
    /** RFC 3986 section 2: the characters a URI can be made of. */
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]+");

    private static final Pattern BROKEN_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(//([^/?]*))?([^?]*)(\\?(.*))?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(:(.*))?");
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    private static final int LARGEST_PORT = 65_535;
    private static final int NO_PORT = -1;

    /** What an app makes of the authority is its own affair, as in {@code cursor://anysphere.cursor-mcp}: a plain name. */
    private static final Pattern PRIVATE_AUTHORITY = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._~-]*)?");

    /** Dot segments, also with the path parameters that some servers take off before they look ({@code /..;x/}). */
    private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.{1,2}(;[^/]*)?(/|$)");

    /**
     * Schemes that browsers or operating systems act upon themselves: they run code, open files or other programs, or send the
     * code somewhere else than to the app that asked.
     */
    private static final Set<String> DANGEROUS_SCHEMES = Set.of(
            "about",
            "afp",
            "android-app",
            "blob",
            "callto",
            "chrome",
            "chrome-extension",
            "cid",
            "data",
            "devtools",
            "dict",
            "dns",
            "edge",
            "facetime",
            "feed",
            "file",
            "filesystem",
            "ftp",
            "ftps",
            "git",
            "gopher",
            "imap",
            "intent",
            "itms-services",
            "jar",
            "javascript",
            "jnlp",
            "ldap",
            "ldaps",
            "livescript",
            "mailto",
            "mhtml",
            "mid",
            "mk",
            "mocha",
            "moz-extension",
            "news",
            "nfs",
            "nntp",
            "pop",
            "rdp",
            "res",
            "resource",
            "rlogin",
            "rtsp",
            "search-ms",
            "sftp",
            "shell",
            "sip",
            "sips",
            "smb",
            "sms",
            "ssh",
            "tel",
            "telnet",
            "tftp",
            "urn",
            "vbscript",
            "view-source",
            "vnc",
            "webcal",
            "ws",
            "wss",
            "wyciwyg",
            "x-apple-helpbasic",
            "xmpp");

    private RedirectUriParser() {}

    static Result parse(String text) {
        RefusalRule textFault = faultOfText(text);
        if (textFault != null) {
            return new Result.Bad(textFault);
        }
        Matcher parts = URI.matcher(text);
        if (!parts.matches()) {
            return new Result.Bad(RefusalRule.REDIRECT_URI_NOT_ABSOLUTE);
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        if (isDangerous(scheme)) {
            return new Result.Bad(RefusalRule.REDIRECT_URI_SCHEME_DANGEROUS);
        }
        Parts rest = new Parts(text, scheme, parts.group(3), parts.group(4), parts.group(6));
        Result result = isWeb(scheme) ? web(rest) : privateUse(rest);
        return result instanceof Result.Ok ok && isTooLongToStore(ok.uri())
                ? new Result.Bad(RefusalRule.REDIRECT_URI_TOO_LONG)
                : result;
    }

    static boolean isDangerous(String scheme) {
        return DANGEROUS_SCHEMES.contains(scheme) || scheme.startsWith("ms-");
    }

    private static @Nullable RefusalRule faultOfText(String text) {
        if (text.length() > Limits.REDIRECT_URI) {
            return RefusalRule.REDIRECT_URI_TOO_LONG;
        }
        if (!CHARACTERS.matcher(text).matches() || BROKEN_ENCODING.matcher(text).find()) {
            return RefusalRule.REDIRECT_URI_CHARACTERS;
        }
        // Keycloak 26.7 takes a trailing * of a stored redirect URI as a wildcard.
        if (text.contains("*")) {
            return RefusalRule.REDIRECT_URI_WILDCARD;
        }
        // RFC 6749 section 3.1.2: the endpoint URI MUST NOT include a fragment component.
        return text.contains("#") ? RefusalRule.REDIRECT_URI_FRAGMENT : null;
    }

    private static Result web(Parts parts) {
        if (parts.authority() == null) {
            return new Result.Bad(RefusalRule.REDIRECT_URI_NOT_ABSOLUTE);
        }
        if (parts.authority().contains("@")) {
            return new Result.Bad(RefusalRule.REDIRECT_URI_USERINFO);
        }
        Matcher authority = AUTHORITY.matcher(parts.authority());
        if (!authority.matches()) {
            return new Result.Bad(RefusalRule.REDIRECT_URI_HOST);
        }
        String host = authority.group(1).toLowerCase(Locale.ROOT);
        int port = authority.group(2) == null ? NO_PORT : portOf(authority.group(3));
        RefusalRule fault = faultOfWeb(parts, host, authority.group(2) != null && port == NO_PORT);
        return fault == null
                ? new Result.Ok(
                        parts.uri(HostNames.isLoopback(host) ? RedirectKind.LOOPBACK : RedirectKind.HTTPS, host, port))
                : new Result.Bad(fault);
    }

    private static @Nullable RefusalRule faultOfWeb(Parts parts, String host, boolean badPort) {
        if (!HostNames.isWellFormed(host)) {
            return RefusalRule.REDIRECT_URI_HOST;
        }
        if (badPort) {
            return RefusalRule.REDIRECT_URI_PORT;
        }
        // Names below localhost are not among the loopback hosts of RFC 8252: http there is as open as anywhere.
        if (parts.scheme().equals("http") && (!HostNames.isLoopback(host) || host.endsWith(".localhost"))) {
            return RefusalRule.REDIRECT_URI_HTTP;
        }
        return faultOfPath(parts);
    }

    private static Result privateUse(Parts parts) {
        String authority = parts.authority() == null ? "" : parts.authority();
        if (authority.isEmpty() && !parts.path().startsWith("/")) {
            return new Result.Bad(RefusalRule.REDIRECT_URI_NOT_ABSOLUTE);
        }
        if (authority.contains("@")) {
            return new Result.Bad(RefusalRule.REDIRECT_URI_USERINFO);
        }
        if (!PRIVATE_AUTHORITY.matcher(authority).matches()) {
            return new Result.Bad(RefusalRule.REDIRECT_URI_HOST);
        }
        RefusalRule fault = faultOfPath(parts);
        return fault == null
                ? new Result.Ok(parts.uri(RedirectKind.PRIVATE_USE, authority, NO_PORT))
                : new Result.Bad(fault);
    }

    private static @Nullable RefusalRule faultOfPath(Parts parts) {
        if (DOT_SEGMENT.matcher(parts.path()).find()) {
            return RefusalRule.REDIRECT_URI_DOT_SEGMENT;
        }
        if (parts.path().matches(".*[\\[\\]].*")) {
            return RefusalRule.REDIRECT_URI_CHARACTERS;
        }
        boolean hides =
                PercentEncoding.hides(parts.path()) || (parts.query() != null && PercentEncoding.hides(parts.query()));
        return hides ? RefusalRule.REDIRECT_URI_ENCODING : null;
    }

    private static int portOf(String text) {
        if (!PORT.matcher(text).matches()) {
            return NO_PORT;
        }
        int port = Integer.parseInt(text);
        return port <= LARGEST_PORT ? port : NO_PORT;
    }

    private static boolean isWeb(String scheme) {
        return scheme.equals("http") || scheme.equals("https");
    }

    private static boolean isTooLongToStore(RedirectUri uri) {
        return uri.registered().stream().anyMatch(form -> form.length() > Limits.REDIRECT_URI);
    }

    /** A redirect URI taken apart, nothing judged but its scheme. */
    private record Parts(String text, String scheme, @Nullable String authority, String path, @Nullable String query) {
        RedirectUri uri(RedirectKind kind, String host, int port) {
            return new RedirectUri(text, kind, scheme, host, port, path, query);
        }
    }
}
