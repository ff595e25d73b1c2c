package dev.mcpclients.keycloak.it.compare;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values, and the one order, that differ between two servers by their nature; everything else must be equal. */
final class Masks {

    private record Mask(Pattern pattern, String replacement) {

        Mask(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }
    }

    private static final List<Mask> VALUES = List.of(
            new Mask("eyJ[\\w-]+(?:\\.[\\w-]*){2,4}", "{jwt}"),
            // Cookies keep their name and attributes.
            new Mask("(?m)^(set-cookie: [\\w-]+)=[^;]*", "$1={cookie}"),
            new Mask("Expires=[^;]+", "Expires={time}"),
            // Of the login in progress.
            new Mask("\\b(session_code|tab_id|client_data|code|session_state)=[^&\"\\s]+", "$1={session}"),
            new Mask("(checkAuthSession\\(\\s*)\"[^\"]+\"", "$1\"{session}\""),
            new Mask("(name=\"code\" value=)\"[^\"]+\"", "$1\"{session}\""),
            // The part of theme addresses that a server draws when its database is made.
            new Mask("/resources/\\w+/", "/resources/{version}/"),
            new Mask(
                    "\"(iat|exp|auth_time|client_id_issued_at|refresh_expires_in|client.secret.creation.time)\"\\s*:\\s*\"?\\d+\"?",
                    "\"$1\":{time}"),
            // What is left of five minutes when the answer is written.
            new Mask("\"expires_in\"\\s*:\\s*(?:29[5-9]|300)\\b", "\"expires_in\":300"),
            new Mask(
                    "\"(client_secret|device_code|user_code|secret|at_hash|jti|sid|session_state)\"\\s*:\\s*\"[^\"]+\"",
                    "\"$1\":\"{secret}\""),
            new Mask("user_code=[\\w-]+", "user_code={secret}"),
            new Mask("\"(kid|n|x|y|x5t|x5t#S256|public_key)\"\\s*:\\s*\"[^\"]+\"", "\"$1\":\"{key}\""),
            new Mask("\"x5c\"\\s*:\\s*\\[[^]]*]", "\"x5c\":[{key}]"),
            new Mask("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "{id}"));

    /** The scopes of one client or realm: stock Keycloak, too, lists them in another order for each that it makes. */
    private static final Pattern SCOPES = Pattern.compile(
            "(?<=\"(?:scope|scopes_supported|defaultClientScopes|optionalClientScopes)\":)(?:\"[^\"]*\"|\\[[^]]*])");

    private static final Pattern SEPARATORS = Pattern.compile("[\\[\\],\" ]+");

    private final List<Mask> masks = new ArrayList<>();

    /** The masks for answers of the server at that address. */
    Masks(URI server) {
        String address = server.getAuthority();
        masks.add(new Mask(Pattern.quote(address), "{server}"));
        masks.add(new Mask(Pattern.quote(address.replace(":", "%3A")), "{server}"));
        masks.addAll(VALUES);
    }

    String apply(String text) {
        String masked = text;
        for (Mask mask : masks) {
            masked = mask.pattern().matcher(masked).replaceAll(mask.replacement());
        }
        return SCOPES.matcher(masked).replaceAll(match -> Matcher.quoteReplacement(sorted(match.group())));
    }

    private static String sorted(String scopes) {
        return SEPARATORS
                .splitAsStream(scopes)
                .filter(scope -> !scope.isEmpty())
                .sorted()
                .toList()
                .toString();
    }
}
