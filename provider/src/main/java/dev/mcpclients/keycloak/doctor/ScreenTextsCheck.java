package dev.mcpclients.keycloak.doctor;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** Whether the login theme has our pages, and neither it nor the realm's own texts leave a text of theirs empty. */
final class ScreenTextsCheck implements Check {

    private static final String PAGE = "mcp-decision.ftl";
    private static final String TEXTS = "theme-resources/messages/messages_en.properties";

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        try {
            Theme theme = session.theme().getTheme(Theme.Type.LOGIN);
            Properties ours = ours();
            if (theme.getTemplate(PAGE) == null || ours.isEmpty()) {
                return Stream.of(new Finding(
                        "screens-missing",
                        Severity.ERROR,
                        "The server has no page " + PAGE,
                        "Logins of MCP clients end in an error page",
                        "cp keycloak-mcp-clients-themes.jar \"$KEYCLOAK_HOME\"/providers/ && kc.sh build"));
            }
            return locales(realm).flatMap(locale -> hidden(realm, theme, locale, ours));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Finding> hidden(RealmModel realm, Theme theme, Locale locale, Properties ours) {
        Properties shown;
        try {
            shown = theme.getEnhancedMessages(realm, locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> empty = ours.stringPropertyNames().stream()
                .filter(key -> shown.getProperty(key, "").isBlank())
                .sorted()
                .toList();
        return empty.isEmpty()
                ? Stream.empty()
                : Stream.of(new Finding(
                        "texts-hidden",
                        Severity.WARNING,
                        "Login theme " + theme.getName() + " or the realm's texts leave empty, in "
                                + locale.toLanguageTag() + ": " + String.join(", ", empty),
                        "Users decide on a screen that does not say what it is about",
                        command(realm, locale, empty)));
    }

    /** What the realm itself says outweighs its theme; what is left then is the theme's doing. */
    private static String command(RealmModel realm, Locale locale, List<String> empty) {
        Map<String, String> own = realm.getRealmLocalizationTextsByLocale(locale.toLanguageTag());
        List<String> ofRealm = empty.stream().filter(own::containsKey).toList();
        return ofRealm.isEmpty()
                ? Command.updateRealm(realm, "loginTheme=keycloak.v2")
                : ofRealm.stream()
                        .map(key ->
                                Command.kcadm("delete", "localization/" + locale.toLanguageTag() + "/" + key, realm))
                        .collect(Collectors.joining(" && "));
    }

    private static Stream<Locale> locales(RealmModel realm) {
        List<String> supported = realm.isInternationalizationEnabled()
                ? realm.getSupportedLocalesStream().sorted().toList()
                : List.of();
        return supported.isEmpty()
                ? Stream.of(Locale.ENGLISH)
                : supported.stream().map(Locale::forLanguageTag);
    }

    private static Properties ours() throws IOException {
        Properties texts = new Properties();
        for (URL url :
                Collections.list(Thread.currentThread().getContextClassLoader().getResources(TEXTS))) {
            try (InputStreamReader reader = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
                texts.load(reader);
            }
        }
        texts.keySet().removeIf(key -> !key.toString().startsWith("mcp"));
        return texts;
    }
}
