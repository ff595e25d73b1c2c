package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The other forms of {@code realm-config/mcp-realm.json}, made from it: what the file names below say. The users of the demo are
 * left out of all of them.
 */
public final class RealmForms {

    public static final String PARTIAL_IMPORT = "partial-import.json";
    public static final String EXISTING_REALM = "existing-realm.sh";
    public static final String OPERATOR = "keycloak-operator.yaml";
    public static final String CONFIG_CLI = "keycloak-config-cli.yaml";
    public static final String TERRAFORM = "terraform/main.tf.json";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+):([^}]*)}");
    private static final String POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";
    private static final String NOT_RUN = "No test of this repository runs %s; the content of this form is %s.";
    private static final String IMPORTED = "imported as a realm, and compared with mcp-realm.json";
    private static final String VALUES = "mcp-realm";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private final ObjectNode realm;

    private RealmForms(ObjectNode realm) {
        this.realm = realm;
    }

    /** The forms of a realm file, with its placeholders. */
    public static RealmForms of(String realmFile) {
        return new RealmForms(production(realmFile));
    }

    /** The realm that the forms are about. */
    public static ObjectNode production(String realmFile) {
        ObjectNode realm = Json.object(realmFile);
        realm.remove("users");
        return realm;
    }

    /** Every form by its path below {@code realm-config/}. */
    public Map<String, String> all() {
        Map<String, String> forms = new TreeMap<>();
        forms.put(PARTIAL_IMPORT, json(partialImport()));
        forms.put(EXISTING_REALM, existingRealm());
        forms.put(OPERATOR, operator());
        forms.put(CONFIG_CLI, configCli());
        forms.put(TERRAFORM, json(terraform()));
        return forms;
    }

    /** Clients, roles, users and groups are all that partial import takes; a resource that is there already is left alone. */
    private ObjectNode partialImport() {
        ObjectNode form = Json.object();
        form.put("ifResourceExists", "SKIP");
        form.set("clients", filled(realm.path("clients")));
        form.set("roles", realm.path("roles"));
        return form;
    }

    private String existingRealm() {
        JsonNode client = realm.at("/clients/0");
        return """
                #!/usr/bin/env bash
                # Made from mcp-realm.json: makes an existing realm ready for MCP clients; again, it changes nothing.
                # Sign in first: kcadm.sh config credentials --server … --realm master --user …
                #   REALM=myrealm MCP_RESOURCE_URL=https://mcp.example.com/mcp realm-config/existing-realm.sh [-s dryRun=true]
                # To take it back: kcadm.sh create mcp/setup -r myrealm -s undo=true -o
                set -euo pipefail
                kcadm.sh create mcp/setup -o -r "${REALM:?the name of the realm}" \\
                  -s "admission=%s" \\
                  -s "resources=[{\\"url\\": \\"%s\\", \\"name\\": \\"%s\\", \\"scopes\\": %s}]" "$@"
                """
                .formatted(
                        shell(policy("anonymous").at("/config/admission/0").asText()),
                        shell(client.at("/attributes/resource_url").asText()),
                        shell(client.path("name").asText()),
                        client.path("optionalClientScopes").toString().replace("\"", "\\\""));
    }

    private String operator() {
        ObjectNode resource = Json.object();
        resource.put("apiVersion", "k8s.keycloak.org/v2beta1").put("kind", "KeycloakRealmImport");
        resource.withObject("/metadata").put("name", realm.path("realm").asText());
        ObjectNode spec = resource.withObject("/spec");
        spec.put("keycloakCRName", "keycloak");
        ObjectNode placeholders = spec.withObject("/placeholders");
        ObjectNode values = Json.object();
        values.put("apiVersion", "v1").put("kind", "Secret");
        values.withObject("/metadata").put("name", VALUES);
        ObjectNode defaults = values.withObject("/stringData");
        placeholders().forEach((name, otherwise) -> {
            placeholders.withObject("/" + name + "/secret").put("name", VALUES).put("key", name);
            defaults.put(name, otherwise);
        });
        spec.set("realm", realm);
        return """
                # Made from mcp-realm.json, for the Keycloak Operator: kubectl apply -f keycloak-operator.yaml
                # %s
                # What the operator runs, kc.sh import, was run by hand on Keycloak 26.7.3 with this realm and these values.
                # The image of the Keycloak resource "keycloak" has to be one built with docker/Dockerfile. The operator wants every value
                # in the secret: defaults in the realm do not count. It imports a realm once, and leaves one alone that is there already.
                %s---
                %s"""
                .formatted(
                        NOT_RUN.formatted("the operator, which needs a Kubernetes cluster", IMPORTED),
                        yaml(values),
                        yaml(resource));
    }

    private String configCli() {
        JsonNode form = Json.parse(PLACEHOLDER.matcher(realm.toString()).replaceAll("\\$(env:$1:-$2)"));
        return "# Made from mcp-realm.json, for keycloak-config-cli: IMPORT_FILES_LOCATIONS=keycloak-config-cli.yaml and\n"
                + "# IMPORT_VARSUBSTITUTION_ENABLED=true.\n"
                + "# " + NOT_RUN.formatted("the tool, which is in no Maven repository", IMPORTED) + "\n"
                + "# By hand, keycloak-config-cli 6.5 made the realm on Keycloak 26.7.3 with it; the second time it added the realm attribute\n"
                + "# CreateDefaultClientScopes, which counts when a realm is made, and changed nothing else.\n"
                + "# The tool leaves the policies Trusted Hosts and Max Clients, which Keycloak gives every realm: afterwards run once\n"
                + "#   kcadm.sh create mcp/setup -r mcp -o\n"
                + "# For an existing realm take out what is not about MCP: the tool sets everything that stands here.\n"
                + yaml(form);
    }

    /** No resource of Terraform's Keycloak provider takes away the policies that Keycloak gives every realm: setup does, with the rest. */
    private ObjectNode terraform() {
        JsonNode client = realm.at("/clients/0");
        ObjectNode form = Json.object();
        form.put(
                "//",
                "Made from mcp-realm.json, for an existing realm, with the provider keycloak/keycloak. "
                        + NOT_RUN.formatted(
                                "Terraform, which needs its provider registry",
                                "compared with mcp-realm.json, and every reference in it leads somewhere")
                        + " By hand, its resources and arguments were compared with the documentation of provider 5.9."
                        + " Policies and the required action are the work of mcp/setup, which also takes away what Keycloak gives every"
                        + " realm and what stands in the way; it is called through kcadm.sh, which has to be signed in. Before terraform"
                        + " destroy, take it back: kcadm.sh create mcp/setup -r myrealm -s undo=true");
        form.withObject("/terraform/required_providers/keycloak")
                .put("source", "keycloak/keycloak")
                .put("version", ">= 5.0.0");
        ObjectNode variables = form.withObject("/variable");
        variables.withObject("/realm").put("type", "string");
        placeholders(List.of(realm.path("clients"), policy("anonymous"))).forEach((name, otherwise) -> {
            ObjectNode variable = variables.withObject("/" + variable(name));
            variable.put("type", "string").put("default", otherwise);
        });
        form.withObject("/data/keycloak_realm/realm").put("realm", "${var.realm}");
        ObjectNode resources = form.withObject("/resource");
        String realmId = "${data.keycloak_realm.realm.id}";
        JsonNode role = realm.at("/roles/realm/0");
        resources
                .withObject("/keycloak_role/mcp_approver")
                .put("realm_id", realmId)
                .put("name", role.path("name").asText())
                .put("description", role.path("description").asText());
        ArrayNode names = Json.object().putArray("names");
        for (JsonNode scope : realm.path("clientScopes")) {
            String key = scope.path("name").asText().replaceAll("\\W", "_");
            resources
                    .withObject("/keycloak_openid_client_scope/" + key)
                    .put("realm_id", realmId)
                    .put("name", scope.path("name").asText())
                    .put("description", scope.path("description").asText())
                    .put(
                            "consent_screen_text",
                            scope.at("/attributes/consent.screen.text").asText())
                    .put("include_in_token_scope", true);
            names.add("${keycloak_openid_client_scope." + key + ".name}");
        }
        ObjectNode server = resources
                .withObject("/keycloak_openid_client/mcp_server")
                .put("realm_id", realmId)
                .put("client_id", terraform(client.path("clientId").asText()))
                .put("name", terraform(client.path("name").asText()))
                .put("description", client.path("description").asText())
                .put("access_type", "CONFIDENTIAL")
                .put("full_scope_allowed", false);
        server.withObject("/extra_config")
                .put(
                        "resource_url",
                        terraform(client.at("/attributes/resource_url").asText()));
        resources
                .withObject("/keycloak_openid_client_optional_scopes/mcp_server")
                .put("realm_id", realmId)
                .put("client_id", "${keycloak_openid_client.mcp_server.id}")
                .set("optional_scopes", names);
        form.withObject("/output/mcp_resource_secret")
                .put("value", "${keycloak_openid_client.mcp_server.client_secret}")
                .put("sensitive", true);
        ObjectNode setup = resources.withObject("/terraform_data/mcp_setup");
        setup.putArray("depends_on")
                .add("keycloak_openid_client_optional_scopes.mcp_server")
                .add("keycloak_role.mcp_approver");
        String admission =
                terraform(policy("anonymous").at("/config/admission/0").asText());
        setup.put("input", admission);
        setup.putArray("triggers_replace").add(admission);
        setup.withObject("/provisioner/local-exec")
                .put("command", "kcadm.sh create mcp/setup -r '${var.realm}' -s 'admission=" + admission + "'");
        return form;
    }

    private JsonNode policy(String door) {
        for (JsonNode component : realm.path("components").path(POLICIES)) {
            if (door.equals(component.path("subType").asText())) {
                return component;
            }
        }
        throw new AssertionError("The realm file has no policy for " + door);
    }

    /** Names and defaults of the placeholders, in the order of the file. */
    public Map<String, String> placeholders() {
        return placeholders(realm);
    }

    private static Map<String, String> placeholders(Object part) {
        Map<String, String> placeholders = new LinkedHashMap<>();
        Matcher matcher = PLACEHOLDER.matcher(part.toString());
        while (matcher.find()) {
            placeholders.putIfAbsent(matcher.group(1), matcher.group(2));
        }
        return placeholders;
    }

    /** Partial import fills no placeholders: these are the values of the demo, to be replaced by one's own. */
    private static JsonNode filled(JsonNode node) {
        return Json.parse(
                PLACEHOLDER.matcher(node.toString()).replaceAll(match -> Matcher.quoteReplacement(match.group(2))));
    }

    private static String shell(String text) {
        return PLACEHOLDER.matcher(text).replaceAll("\\${$1:-$2}");
    }

    private static String terraform(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement("${var." + variable(match.group(1)) + "}"));
    }

    private static String variable(String placeholder) {
        return placeholder.toLowerCase(java.util.Locale.ROOT);
    }

    private static String json(JsonNode node) {
        try {
            return JSON.writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String yaml(JsonNode node) {
        try {
            return YAML.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
