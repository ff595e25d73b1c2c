package dev.mcpclients.keycloak.metadata;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text of a host says about it, without asking any name server. */
public final class HostNames {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 =
            Pattern.compile("(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:]+(:\\d{1,3}(\\.\\d{1,3}){3})?\\]");

    /**
     * The last label of a name: no top-level domain begins with a digit, browsers read a host that ends in a number as an IPv4
     * address (WHATWG URL standard, "ends in a number checker"), and Java finds no host in such a URI.
     */
    private static final Pattern LAST_LABEL = Pattern.compile("[a-z].*");

    private static final int NAME_LENGTH = 253;

    /** Names that lead into the own network or nowhere (RFC 6761, 6762, 8375), so that owning them proves nothing. */
    private static final Set<String> LOCAL_SUFFIXES = Set.of(".localhost", ".local", ".internal", ".home.arpa");

    private HostNames() {}

    /** Whether it can stand in a URI: a name in lower case ASCII without trailing dot, or an IP literal. */
    public static boolean isWellFormed(String host) {
        return isIpv4(host) || isIpv6(host) || isName(host);
    }

    public static boolean isIpLiteral(String host) {
        return isIpv4(host) || host.startsWith("[");
    }

    /** 127.0.0.0/8, ::1, localhost and the names below it, which browsers resolve to loopback (RFC 6761 section 6.3). */
    public static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || (isIpv4(host) && host.startsWith("127."));
    }

    /** Whether it is a name somebody owns in the public name system, as far as its text can tell. */
    public static boolean isPublicName(String host) {
        return isName(host) && host.contains(".") && LOCAL_SUFFIXES.stream().noneMatch(host::endsWith);
    }

    private static boolean isName(String host) {
        if (host.isEmpty() || host.length() > NAME_LENGTH) {
            return false;
        }
        String[] labels = host.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return LAST_LABEL.matcher(labels[labels.length - 1]).matches();
    }

    private static boolean isIpv4(String host) {
        if (!IPV4.matcher(host).matches()) {
            return false;
        }
        for (String part : host.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv6(String host) {
        return IPV6.matcher(host).matches() && isUriHost(host);
    }

    private static boolean isUriHost(String host) {
        try {
            return host.equals(new URI("https://" + host + "/").getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
