package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Kcadm;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.RealmForms;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.Settings;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An existing realm gets from the files for it what the complete realm has, and nothing more the second time. */
@KeycloakTest
final class RealmConfigIT {

    private static final String POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

    private final KeycloakServer server;
    private final TestRealm complete;

    RealmConfigIT(KeycloakServer server) {
        this.server = server;
        this.complete = TestRealm.create(server, RealmTemplate.mcp());
    }

    @Test
    void anExistingRealmBecomesLikeTheCompleteOne(@TempDir Path home) throws IOException {
        Kcadm kcadm = Kcadm.signedIn(server, home);
        String name = TestRealm.freshName();
        Path script =
                Settings.realmFile().resolveSibling(RealmForms.EXISTING_REALM).toRealPath();
        String setup = "REALM=" + name + " bash " + script;
        try (complete;
                TestRealm existing = TestRealm.create(server, Json.object(Map.of("realm", name, "enabled", true)))) {
            kcadm.run(setup);
            JsonNode first = partialImport(existing);
            assertThat(first.path("added").asInt()).isZero();

            assertThat(mcpConfiguration(existing)).isEqualTo(mcpConfiguration(complete));

            Map<String, JsonNode> once = mcpConfiguration(existing);
            assertThat(kcadm.run(setup)).doesNotContain("\"done\"");
            partialImport(existing);
            assertThat(mcpConfiguration(existing)).isEqualTo(once);
        }
    }

    @Test
    void partialImportCarriesClientsAndRoles() throws IOException {
        try (complete;
                TestRealm existing = TestRealm.create(
                        server, Json.object(Map.of("realm", TestRealm.freshName(), "enabled", true)))) {
            assertThat(partialImport(existing).path("added").asInt()).isEqualTo(2);
            assertThat(partialImport(existing).path("skipped").asInt()).isEqualTo(2);
            assertThat(existing.client(TestRealm.RESOURCE).at("/attributes/resource_url"))
                    .isEqualTo(complete.client(TestRealm.RESOURCE).at("/attributes/resource_url"));
            assertThat(existing.get("/roles/mcp-approver").path("description"))
                    .isEqualTo(complete.get("/roles/mcp-approver").path("description"));
        }
    }

    /** Only imports on the server's command line fill placeholders (Keycloak 26.7); elsewhere their text must not become settings. */
    @Test
    void aRealmWhosePlaceholdersNobodyFilledIsRefused() throws IOException {
        String name = TestRealm.freshName();
        ObjectNode raw = Json.object(Files.readString(Settings.realmFile())).put("realm", name);
        try (complete) {
            assertThat(server.admin().send("POST", "", raw.toString()).status()).isGreaterThanOrEqualTo(400);
            assertThat(server.admin().send("GET", "/" + name, "").status()).isEqualTo(404);
        }
    }

    /** The operator and keycloak-config-cli hand such a realm to Keycloak, with their own placeholders filled. */
    @ParameterizedTest
    @ValueSource(strings = {RealmForms.OPERATOR, RealmForms.CONFIG_CLI})
    void theFormsForOtherToolsHoldTheCompleteRealm(String form) throws IOException {
        JsonNode yaml = lastDocument(Settings.realmFile().resolveSibling(form));
        JsonNode realm = form.equals(RealmForms.OPERATOR) ? yaml.at("/spec/realm") : yaml;
        String asOurs = realm.toString().replaceAll("\\$\\(env:(\\w+):-([^)]*)\\)", "\\${$1:$2}");
        try (complete;
                TestRealm imported = TestRealm.create(server, RealmTemplate.of(asOurs))) {
            assertThat(mcpConfiguration(imported)).isEqualTo(mcpConfiguration(complete));
            assertThat(imported.get("").path("smtpServer"))
                    .isEqualTo(complete.get("").path("smtpServer"));
            assertThat(imported.secret(TestRealm.RESOURCE))
                    .hasSizeGreaterThan(20)
                    .isNotEqualTo(complete.secret(TestRealm.RESOURCE));
        }
    }

    private static JsonNode lastDocument(Path form) throws IOException {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(Files.readString(form))) {
            List<JsonNode> all = documents.readAll();
            return all.get(all.size() - 1);
        }
    }

    private static JsonNode partialImport(TestRealm realm) throws IOException {
        String form = Files.readString(Settings.realmFile().resolveSibling(RealmForms.PARTIAL_IMPORT));
        return realm.send("POST", "/partialImport", form).expect(200).json();
    }

    /** What makes a realm register MCP clients, without ids and secrets, which differ from realm to realm. */
    private static Map<String, JsonNode> mcpConfiguration(TestRealm realm) {
        Map<String, JsonNode> seen = new TreeMap<>();
        for (String door : new String[] {"anonymous", "authenticated"}) {
            ObjectNode config = (ObjectNode) realm.policy(door).path("config").deepCopy();
            // An existing realm keeps its OpenID document.
            config.remove("openid-discovery");
            seen.put(door, config);
        }
        ObjectNode client = realm.client(TestRealm.RESOURCE).deepCopy();
        JsonNode attributes = client.path("attributes").path("resource_url");
        client.retain(
                "clientId",
                "name",
                "description",
                "publicClient",
                "standardFlowEnabled",
                "directAccessGrantsEnabled",
                "serviceAccountsEnabled",
                "fullScopeAllowed",
                "defaultClientScopes",
                "optionalClientScopes",
                "clientAuthenticatorType",
                "protocol",
                "redirectUris",
                "webOrigins");
        client.set("resource_url", attributes);
        seen.put("client", client);
        seen.put("action", realm.get("/authentication/required-actions/mcp-decision"));
        seen.put("role", realm.get("/roles/mcp-approver").path("description"));
        ObjectNode settings = realm.get("").deepCopy();
        settings.retain("revokeRefreshToken", "refreshTokenMaxReuse", "accessCodeLifespanUserAction");
        seen.put("settings", settings);
        for (JsonNode policy : realm.get("/components?type=" + POLICIES)) {
            if ("trusted-hosts".equals(policy.path("providerId").asText())) {
                seen.put("in the way", policy);
            }
        }
        return seen;
    }
}
