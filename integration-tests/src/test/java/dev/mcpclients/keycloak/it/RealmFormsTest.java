package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
        JsonNode form = yaml(RealmForms.OPERATOR);

        assertThat(form.path("kind").asText()).isEqualTo("KeycloakRealmImport");
        assertThat(form.at("/spec/realm")).isEqualTo(realm);
        assertThat(form.at("/spec/placeholders").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(forms.placeholders().keySet());
    }

    @Test
    void configCliGetsTheWholeRealmWithItsOwnPlaceholders() throws IOException {
        JsonNode form = yaml(RealmForms.CONFIG_CLI);

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
                .filter(reference -> !reference.startsWith("vault."))
                .collect(Collectors.toSet());
        form.findValues("depends_on").forEach(list -> list.forEach(item -> used.add(item.asText())));

        assertThat(used).isNotEmpty().isSubsetOf(declared);
        assertThat(form.path("resource").findValuesAsText("client_secret"))
                .containsExactly("$${vault.mcp-resource-secret}");
    }

    @Test
    void noFormHasASecretInIt() {
        assertThat(forms.all().values()).allSatisfy(form -> assertThat(form).doesNotContain("example-secret"));
    }

    private static JsonNode yaml(String form) throws IOException {
        return new YAMLMapper().readTree(Files.readString(DIRECTORY.resolve(form)));
    }
}
