package dev.mcpclients.keycloak.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What stands behind the percent-encoding of a URI. */
final class PercentEncoding {
    /** RFC 3986 section 2.3, and the characters that would change what the URI says if somebody decoded them. */
    private static final String NOT_TO_BE_ENCODED = "-._~/\\*?#%@:;";

    private PercentEncoding() {}

    /**
     * Whether an encoded character would be invisible, or would read as another URI after decoding: separators, dots, letters
     * that need no encoding (RFC 3986 section 2.4: "%2E" and "." are the same), or a second layer of encoding.
     */
    static boolean hides(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = encoded.indexOf('%'); at != -1; at = encoded.indexOf('%', at + 1)) {
            bytes.write(Integer.parseInt(encoded.substring(at + 1, at + 3), 16));
            boolean endOfRun = at + 3 >= encoded.length() || encoded.charAt(at + 3) != '%';
            if (endOfRun) {
                bytes.write(' ');
            }
        }
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return decoded.codePoints().anyMatch(PercentEncoding::isHidden);
        } catch (CharacterCodingException e) {
            return true;
        }
    }

    private static boolean isHidden(int codePoint) {
        boolean needsNoEncoding =
                codePoint < 0x80 && (Character.isLetterOrDigit(codePoint) || NOT_TO_BE_ENCODED.indexOf(codePoint) >= 0);
        return needsNoEncoding || (codePoint != ' ' && !DisplayText.isVisible(codePoint));
    }
}
