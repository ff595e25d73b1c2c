package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A realm file before it is imported: its placeholders {@code ${NAME:default}} are filled as {@code --import-realm} fills
 * them from the environment, and anything may be changed.
 */
public final class RealmTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+):([^}]*)}");
    private static final String NAME = "mcp";

    private final String text;
    private final Map<String, String> values = new HashMap<>();

    private RealmTemplate(String text) {
        this.text = text;
    }

    /** The realm that people import, {@code realm-config/mcp-realm.json}. */
    public static RealmTemplate mcp() {
        return of(Settings.realmFile());
    }

    /** A realm in the placeholders of the realm file. */
    public static RealmTemplate of(String text) {
        return new RealmTemplate(text);
    }

    static RealmTemplate of(Path file) {
        try {
            return new RealmTemplate(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a placeholder such as {@code MCP_ADMISSION} a value. */
    public RealmTemplate with(String placeholder, String value) {
        if (!text.contains("${" + placeholder + ":")) {
            throw new IllegalArgumentException("The realm has no placeholder " + placeholder);
        }
        values.put(placeholder, value);
        return this;
    }

    /** The same realm as Keycloak alone would have it: without our policy components and our required action. */
    public RealmTemplate withoutExtension() {
        ObjectNode realm = Json.object(text);
        realm.remove("components");
        realm.withArray("/requiredActions")
                .removeIf(action -> "mcp-decision".equals(action.path("alias").asText()));
        RealmTemplate plain = new RealmTemplate(realm.toString());
        plain.values.putAll(values);
        return plain;
    }

    /** The representation of a realm of that name. */
    public ObjectNode named(String realm) {
        String filled = PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group(2))));
        ObjectNode representation =
                Json.object(filled.replace("\"default-roles-" + NAME + "\"", "\"default-roles-" + realm + "\""));
        return representation.put("realm", realm);
    }
}
