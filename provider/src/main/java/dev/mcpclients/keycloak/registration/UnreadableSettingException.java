package dev.mcpclients.keycloak.registration;

import org.keycloak.component.ComponentValidationException;

/**
 * A setting that cannot be read. Keycloak 26.7 takes the message for a {@code MessageFormat} where an administrator saves, and writes it
 * into the log as it is where a realm is imported: so it has no parameters.
 */
final class UnreadableSettingException extends ComponentValidationException {

    private final String key;
    private final String text;

    /**
     * Reads like a sentence.
     *
     * @param key of the setting
     * @param complaint what follows the key
     */
    UnreadableSettingException(String key, String complaint) {
        super((key + complaint).replace("'", "''").replace("{", "'{'").replace("}", "'}'"));
        this.key = key;
        this.text = key + complaint;
    }

    String key() {
        return key;
    }

    String text() {
        return text;
    }
}
