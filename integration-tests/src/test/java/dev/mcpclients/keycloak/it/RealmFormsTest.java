package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.RealmForms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The forms of the realm are what its source says; {@code mvn test -pl integration-tests -am -Dmcp.write-forms} writes them again.
 */
final class RealmFormsTest {

    private static final Path DIRECTORY = Path.of("..", "realm-config");

    private final RealmForms forms;
    private final JsonNode source;

    RealmFormsTest() throws IOException {
        String text = Files.readString(DIRECTORY.resolve("mcp-realm.json"));
        forms = RealmForms.of(text);
        source = Json.parse(text);
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
        assertThat(form.at("/spec/realm")).isEqualTo(withoutUsers());
        assertThat(form.at("/spec/placeholders").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(forms.placeholders().keySet());
    }

    @Test
    void configCliGetsTheWholeRealmWithItsOwnPlaceholders() throws IOException {
        JsonNode form = yaml(RealmForms.CONFIG_CLI);

        String asOurs = form.toString().replaceAll("\\$\\(env:(\\w+):-([^)]*)\\)", "\\${$1:$2}");
        assertThat(Json.parse(asOurs)).isEqualTo(withoutUsers());
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

    private JsonNode withoutUsers() {
        return ((com.fasterxml.jackson.databind.node.ObjectNode) source.deepCopy()).without("users");
    }

    private static JsonNode yaml(String form) throws IOException {
        return new YAMLMapper().readTree(Files.readString(DIRECTORY.resolve(form)));
    }
}
