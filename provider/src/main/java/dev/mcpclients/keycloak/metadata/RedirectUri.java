package dev.mcpclients.keycloak.metadata;

import java.net.IDN;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A redirect URI that is well formed and not dangerous in itself. Whether this server allows it is for the rules to say.
 *
 * @param asSent the text the client sent
 * @param scheme in lower case
 * @param host in lower case, as in the URI (ASCII, an IPv6 address in its brackets); may be empty for a private-use scheme
 * @param port as in the URI; -1 where it names none
 * @param path as in the URI, still encoded; may be empty
 * @param query as in the URI, still encoded; null where there is no question mark
 */
public record RedirectUri(
        String asSent, RedirectKind kind, String scheme, String host, int port, String path, @Nullable String query) {

    /** The names of this computer that Keycloak 26.7 ignores the port of, where the portless form is registered. */
    private static final List<String> ANY_PORT_HOSTS = List.of("127.0.0.1", "[::1]", "localhost");

    /** The outcome of reading a redirect URI. */
    public sealed interface Result {
        /** It is well formed. */
        record Ok(RedirectUri uri) implements Result {}

        /** It may never be registered. */
        record Bad(RefusalRule fault) implements Result {}
    }

    /** Reads a redirect URI, strictly. */
    public static Result parse(String text) {
        return RedirectUriParser.parse(text);
    }

    /** RFC 8252 section 7.3: the server MUST allow any port to be specified at the time of the request for loopback IP redirect URIs. */
    public boolean isAnyPort() {
        return scheme.equals("http") && ANY_PORT_HOSTS.contains(host);
    }

    /** Whether it names a machine by its address instead of a name. */
    public boolean isIpLiteral() {
        return kind != RedirectKind.PRIVATE_USE && HostNames.isIpLiteral(host);
    }

    /**
     * The forms to store in Keycloak, which compares exactly: one, or, where any port is allowed, the portless form of each
     * of the three loopback names, so that the forms depend on nothing but the {@link #canonical() canonical form}.
     */
    public Set<String> registered() {
        if (!isAnyPort()) {
            return Set.of(text(host, port));
        }
        Set<String> forms = new LinkedHashSet<>();
        forms.add(text(host, -1));
        ANY_PORT_HOSTS.forEach(name -> forms.add(text(name, -1)));
        return forms;
    }

    /** The form in which two redirect URIs that mean the same are equal: what fingerprint and catalogue compare. */
    public String canonical() {
        return isAnyPort() ? text("localhost", -1) : text(host, port);
    }

    /** Whether it was sent with scheme and host in lower case, so that an exact comparison finds it again. */
    boolean isLowerCase() {
        return asSent.equals(text(host, port));
    }

    /** The same with scheme and host in lower case. */
    RedirectUri lowerCase() {
        return new RedirectUri(text(host, port), kind, scheme, host, port, path, query);
    }

    /** The host with internationalised labels decoded and made harmless, to be shown beside {@link #host()}, not instead. */
    public String unicodeHost() {
        if (!host.toLowerCase(Locale.ROOT).contains("xn--")) {
            return host;
        }
        return DisplayText.stripped(IDN.toUnicode(host, IDN.ALLOW_UNASSIGNED), Limits.REDIRECT_URI);
    }

    private String text(String withHost, int withPort) {
        StringBuilder text = new StringBuilder(scheme).append(':');
        if (hasAuthority()) {
            text.append("//").append(withHost);
        }
        if (withPort != -1) {
            text.append(':').append(withPort);
        }
        text.append(path);
        if (query != null) {
            text.append('?').append(query);
        }
        return text.toString();
    }

    private boolean hasAuthority() {
        return asSent.startsWith("//", scheme.length() + 1);
    }
}
