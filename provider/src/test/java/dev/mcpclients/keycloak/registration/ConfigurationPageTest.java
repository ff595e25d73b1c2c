package dev.mcpclients.keycloak.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;

/** The reference of settings is made from the code; {@code mvn test -pl provider -Dmcp.write-docs} writes it again. */
final class ConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "<!-- made from RegistrationSettings -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void hasEverySetting() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        String expected = before + table() + after;
        if (System.getProperty("mcp.write-docs") != null) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE).hasContent(expected);
    }

    @Test
    void hasEveryClientAttribute() throws IOException, IllegalAccessException {
        String page = Files.readString(PAGE);
        for (Field field : ClientAttributes.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                assertThat(page).contains("| `" + field.get(null) + "` |");
            }
        }
    }

    private static String table() {
        return RegistrationSettings.properties().stream()
                .map(ConfigurationPageTest::row)
                .collect(Collectors.joining(
                        "\n", "| key | label | default | allowed | meaning |\n|---|---|---|---|---|\n", "\n"));
    }

    private static String row(ProviderConfigProperty property) {
        return Stream.of(
                        "`" + property.getName() + "`",
                        property.getLabel(),
                        property.getDefaultValue() == null ? "" : "`" + property.getDefaultValue() + "`",
                        allowed(property),
                        property.getHelpText())
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String allowed(ProviderConfigProperty property) {
        List<String> options = property.getOptions();
        if (options != null && !options.isEmpty()) {
            return options.stream().map(option -> "`" + option + "`").collect(Collectors.joining(", "));
        }
        return switch (property.getType()) {
            case ProviderConfigProperty.BOOLEAN_TYPE -> "`true`, `false`";
            case ProviderConfigProperty.INTEGER_TYPE -> "a number";
            case ProviderConfigProperty.MULTIVALUED_STRING_TYPE -> "a list";
            default -> "text";
        };
    }
}
