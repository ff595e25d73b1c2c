package dev.mcpclients.keycloak.metadata;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What identifies a software: a versioned form in which every part is preceded by its length, so that no two lists of parts
 * have the same form, and its hash. Compare the form too: it is stored beside the hash.
 *
 * <p>Whoever changes what goes into the form (also {@link DisplayText}, {@link RedirectUri#canonical()} or the name suffixes
 * and path segments of the catalogue) makes new software of what is registered already.
 */
public record Fingerprint(String form, String hash) {
    private static final String VERSION = "v1";
    private static final String NAME = "name:";
    private static final String REDIRECT = "redirect:";
    private static final String CIMD = "cimd:";
    private static final Pattern PART = Pattern.compile("\n(?:name|redirect|auth|cimd):(\\d{1,5}):");

    /** The fingerprint of software that names itself and its redirect URIs. */
    public static Fingerprint of(String name, Collection<String> canonicalRedirectUris, AuthMethod authMethod) {
        StringBuilder form = new StringBuilder(VERSION);
        part(form, "name", name);
        for (String redirectUri : new TreeSet<>(canonicalRedirectUris)) {
            part(form, "redirect", redirectUri);
        }
        part(form, "auth", authMethod.wire());
        return hashed(form.toString());
    }

    /** The fingerprint of software that a client id metadata document describes. */
    public static Fingerprint ofMetadataUrl(String url) {
        StringBuilder form = new StringBuilder(VERSION);
        part(form, "cimd", url);
        return hashed(form.toString());
    }

    /** Reads a form that was stored; empty where it is none. */
    public static Optional<Fingerprint> read(String form) {
        if (!form.startsWith(VERSION)) {
            return Optional.empty();
        }
        Matcher part = PART.matcher(form);
        int at = VERSION.length();
        while (at < form.length()) {
            if (!part.region(at, form.length()).lookingAt()) {
                return Optional.empty();
            }
            at = part.end() + Integer.parseInt(part.group(1));
        }
        return at == form.length() && at > VERSION.length() ? Optional.of(hashed(form)) : Optional.empty();
    }

    /** The name in a form, empty text where the software gave itself none; empty for one that is known by its document. */
    public static Optional<String> name(String form) {
        return values(form, NAME).findFirst();
    }

    /** The redirect URIs in a form, canonical, with <code>{id}</code> where the catalogue knows a segment of one connection. */
    public static List<String> redirectUris(String form) {
        return values(form, REDIRECT).toList();
    }

    /** The URL of the client id metadata document in a form; empty where the software describes itself otherwise. */
    public static Optional<String> metadataUrl(String form) {
        return values(form, CIMD).findFirst();
    }

    /** Lines of a form are {@code label:length:value}; neither values nor labels hold a line break. */
    private static Stream<String> values(String form, String label) {
        return form.lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(line.indexOf(':', label.length()) + 1));
    }

    /** SHA-256 of a text, in hexadecimal. */
    public static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void part(StringBuilder form, String label, String value) {
        form.append('\n')
                .append(label)
                .append(':')
                .append(value.length())
                .append(':')
                .append(value);
    }

    private static Fingerprint hashed(String form) {
        return new Fingerprint(form, hash(form));
    }
}
