package dev.mcpclients.keycloak.registration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.models.KeycloakSession;

/**
 * An initial access token that the configuration fixes, by its hash or by a vault reference, never by its clear value.
 *
 * @param name shown in events
 * @param reference {@code sha256:<hex>} or {@code ${vault.key}}
 */
public record FixedToken(String name, String reference) {

    private static final Pattern ENTRY =
            Pattern.compile("([A-Za-z0-9._-]{1,64})=(sha256:[0-9a-fA-F]{64}|\\$\\{vault\\.[^}]{1,200}})");

    static FixedToken parse(String entry) {
        Matcher matcher = ENTRY.matcher(entry);
        if (!matcher.matches()) {
            // The entry is not repeated: somebody may have put a clear token there.
            throw new IllegalArgumentException(
                    "an entry is not of the form name=sha256:<64 hex digits> or name=${vault.key}");
        }
        return new FixedToken(matcher.group(1), matcher.group(2));
    }

    /** Whether a presented token is this one, compared over hashes in constant time. */
    boolean matches(KeycloakSession session, String presented) {
        byte[] hash = sha256(presented);
        if (reference.startsWith("sha256:")) {
            byte[] expected = HexFormat.of()
                    .parseHex(reference.substring("sha256:".length()).toLowerCase(Locale.ROOT));
            return MessageDigest.isEqual(hash, expected);
        }
        try (var secret = session.vault().getStringSecret(reference)) {
            return secret.get()
                    .map(value -> MessageDigest.isEqual(hash, sha256(value)))
                    .orElse(false);
        }
    }

    private static byte[] sha256(String value) {
        return HashUtils.hash(JavaAlgorithm.SHA256, value.getBytes(StandardCharsets.UTF_8));
    }
}
