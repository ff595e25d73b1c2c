package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.RealmForms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The forms of the realm are what its source says; {@code mvn test -pl integration-tests -am -Dmcp.write-forms} writes them again.
 */
final class RealmFormsTest {

    private static final Path DIRECTORY = Path.of("..", "realm-config");

    private static final Pattern REFERENCE = Pattern.compile("(?<!\\$)\\$\\{([a-z_][\\w.]*)}");

    private final RealmForms forms;
    private final JsonNode source;
    private final JsonNode realm;

    RealmFormsTest() throws IOException {
        String text = Files.readString(DIRECTORY.resolve("mcp-realm.json"));
        forms = RealmForms.of(text);
        source = Json.parse(text);
        realm = RealmForms.production(text);
    }

    @Test
    void areMadeFromTheRealmFile() throws IOException {
        for (Map.Entry<String, String> form : forms.all().entrySet()) {
            Path file = DIRECTORY.resolve(form.getKey());
            if (System.getProperty("mcp.write-forms") != null) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, form.getValue());
            }
            assertThat(file).hasContent(form.getValue());
        }
    }

    @Test
    void theOperatorGetsTheWholeRealm() throws IOException {
        JsonNode form = yaml(RealmForms.OPERATOR, 1);

        assertThat(form.path("kind").asText()).isEqualTo("KeycloakRealmImport");
        assertThat(form.at("/spec/realm")).isEqualTo(realm);
        assertThat(form.at("/spec/placeholders").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(forms.placeholders().keySet());
    }

    /** The operator lets no value of a placeholder be absent, whatever its default. */
    @Test
    void theOperatorFindsEveryValueInTheSecretBesideTheRealm() throws IOException {
        JsonNode values = yaml(RealmForms.OPERATOR, 0);

        assertThat(values.path("kind").asText()).isEqualTo("Secret");
        assertThat(values.path("stringData")).isEqualTo(Json.object(forms.placeholders()));
        yaml(RealmForms.OPERATOR, 1).at("/spec/placeholders").forEach(placeholder -> assertThat(
                        placeholder.at("/secret/name").asText())
                .isEqualTo(values.at("/metadata/name").asText()));
    }

    @Test
    void configCliGetsTheWholeRealmWithItsOwnPlaceholders() throws IOException {
        JsonNode form = yaml(RealmForms.CONFIG_CLI, 0);

        String asOurs = form.toString().replaceAll("\\$\\(env:(\\w+):-([^)]*)\\)", "\\${$1:$2}");
        assertThat(Json.parse(asOurs)).isEqualTo(realm);
    }

    @Test
    void terraformHasTheSameClientScopeAndRole() throws IOException {
        JsonNode resources = Json.parse(Files.readString(DIRECTORY.resolve(RealmForms.TERRAFORM)))
                .path("resource");

        assertThat(resources.at("/keycloak_role/mcp_approver/name")).isEqualTo(source.at("/roles/realm/0/name"));
        assertThat(resources.at("/keycloak_openid_client_scope/mcp_tools/name"))
                .isEqualTo(source.at("/clientScopes/0/name"));
        assertThat(resources
                        .at("/keycloak_openid_client/mcp_server/extra_config/resource_url")
                        .asText())
                .isEqualTo("${var.mcp_resource_url}");
        assertThat(resources
                        .at("/terraform_data/mcp_setup/provisioner/local-exec/command")
                        .asText())
                .contains("kcadm.sh create mcp/setup", "${var.mcp_admission}");
    }

    /** What {@code terraform validate} would say first, where there is no Terraform. */
    @Test
    void everyReferenceOfTheTerraformFormLeadsSomewhere() throws IOException {
        JsonNode form = Json.parse(Files.readString(DIRECTORY.resolve(RealmForms.TERRAFORM)));

        Set<String> declared = new HashSet<>();
        form.path("variable").fieldNames().forEachRemaining(name -> declared.add("var." + name));
        form.path("data").properties().forEach(type -> type.getValue()
                .fieldNames()
                .forEachRemaining(name -> declared.add("data." + type.getKey() + "." + name)));
        form.path("resource").properties().forEach(type -> type.getValue()
                .fieldNames()
                .forEachRemaining(name -> declared.add(type.getKey() + "." + name)));
        Set<String> used = REFERENCE
                .matcher(form.toString())
                .results()
                .map(match -> match.group(1).replaceFirst("^((?:data\\.)?\\w+\\.\\w+)\\.\\w+$", "$1"))
                .collect(Collectors.toSet());
        form.findValues("depends_on").forEach(list -> list.forEach(item -> used.add(item.asText())));

        assertThat(used).isNotEmpty().isSubsetOf(declared);
        assertThat(used)
                .containsAll(declared.stream()
                        .filter(name -> name.startsWith("var."))
                        .toList());
    }

    /** What stands in a file is known to everybody: Keycloak makes the secret of a client that comes without one. */
    @Test
    void noFormAndNotTheRealmFileItselfHasTheSecretOfAClient() {
        assertThat(source.findValues("secret")).isEmpty();
        assertThat(forms.all().values())
                .allSatisfy(form -> assertThat(form).doesNotContainPattern("[\"_ ]secret\"? ?: ?[\"$]"));
    }

    private static JsonNode yaml(String form, int document) throws IOException {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(Files.readString(DIRECTORY.resolve(form)))) {
            return documents.readAll().get(document);
        }
    }
}
