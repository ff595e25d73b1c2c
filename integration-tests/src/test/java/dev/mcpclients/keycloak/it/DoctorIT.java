package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.Kcadm;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each thing that the doctor knows is broken, found, mended by the command that it names, and found no more. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoctorIT {

    private static final String POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

    private final KeycloakServer server;
    private final TestRealm realm;
    private Kcadm kcadm;

    DoctorIT(KeycloakServer server, @TempDir Path home) {
        this.server = server;
        this.realm = TestRealm.create(server, RealmTemplate.mcp());
        this.kcadm = Kcadm.signedIn(server, home);
    }

    private static final String PASSWORD = "not-the-name";

    /** As a realm is before it is used for real: mails are sent, and the users of the demo have other passwords. */
    @BeforeAll
    void isReady() {
        realm.change(Json.object(Map.of("smtpServer", Map.of("host", "localhost", "from", "keycloak@example.com"))));
        for (JsonNode user : realm.get("/users")) {
            realm.put(
                    "/users/" + user.path("id").asText() + "/reset-password",
                    Json.object(Map.of("type", "password", "value", PASSWORD)));
        }
    }

    @AfterAll
    void removeTheRealm() {
        realm.close();
    }

    @Test
    void findsNothingInTheRealmThatPeopleImport() {
        JsonNode diagnosis = realm.get("/mcp/doctor");

        assertThat(diagnosis.path("healthy").asBoolean()).isTrue();
        assertThat(diagnosis.path("findings")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ailments")
    void findsAndMends(String finding, Consumer<TestRealm> ailment) {
        ailment.accept(realm);

        JsonNode found = finding(realm, finding);
        assertThat(found.path("means").asText()).isNotBlank();
        kcadm.run(found.path("command").asText());

        JsonNode left = realm.get("/mcp/doctor").path("findings");
        assertThat(left.findValuesAsText("id")).doesNotContain(finding);
        // An MCP server that came back at another URL is not the default one.
        left.findValuesAsText("command").forEach(kcadm::run);
        assertThat(realm.get("/mcp/doctor").path("findings")).isEmpty();
    }

    static Stream<Arguments> ailments() {
        return Stream.of(
                ailment(
                        "policy-in-the-way",
                        realm -> addPolicy(
                                realm,
                                "Trusted Hosts",
                                "trusted-hosts",
                                """
                        {"trusted-hosts": [], "host-sending-registration-request-must-match": ["true"],
                         "client-uris-must-match": ["true"]}""")),
                ailment(
                        "policy-in-the-way",
                        realm -> addPolicy(
                                realm,
                                "Max Clients Limit",
                                "max-clients",
                                """
                        {"max-clients": ["200"]}""")),
                ailment("required-action-off", DoctorIT::disableTheAction),
                ailment("required-action-off", realm -> realm.delete("/authentication/required-actions/mcp-decision")),
                ailment(
                        "refresh-rotation-off",
                        realm -> realm.change(Json.object(Map.of("revokeRefreshToken", false)))),
                ailment(
                        "waiting-cut-short",
                        realm -> realm.change(Json.object(Map.of("accessCodeLifespanUserAction", 60)))),
                ailment("issuer-not-https", realm -> attribute(realm, "frontendUrl", "http://keycloak.example.com")),
                ailment("no-mail", realm -> realm.change(Json.object("{\"smtpServer\": {}}"))),
                ailment("access-tokens-long", realm -> realm.change(Json.object(Map.of("accessTokenLifespan", 7200)))),
                ailment(
                        "default-resource-unknown",
                        realm -> realm.setting("anonymous", "default-resource", TestRealm.RESOURCE + "/")),
                ailment("resource-url-unusable", realm -> resourceUrl(realm, "localhost:9090/mcp")),
                ailment("resource-not-https", realm -> resourceUrl(realm, "http://mcp.example.com/mcp")),
                ailment("secret-not-in-vault", DoctorIT::nameASecretThatTheVaultHasNot),
                ailment(
                        "no-resource",
                        realm -> realm.delete("/clients/"
                                + realm.client(TestRealm.RESOURCE).path("id").asText())),
                ailment("not-registering", DoctorIT::removeOurPolicies),
                ailment("texts-hidden", DoctorIT::hideATitle));
    }

    /** Admin REST and imports refuse a second policy at a door, unless two of them come at once. */
    @Test
    void findsAndMendsADoorWithTwoPolicies(Database database) {
        String app = "{\"client_name\": \"Some App\", \"redirect_uris\": [\"http://localhost/cb\"]}";
        try (TestRealm twice = TestRealm.create(server, RealmTemplate.mcp())) {
            String other = twice.policy("authenticated").path("id").asText();
            database.execute("update component set sub_type = 'anonymous' where id = '" + other + "'");
            twice.send("POST", "/clear-realm-cache", "").expect(204);
            twice.oauth().register(app).expect(403);

            JsonNode found = finding(twice, "policy-twice");
            assertThat(found.path("what").asText()).contains("anonymous");
            kcadm.run(found.path("command").asText());

            assertThat(twice.get("/mcp/doctor").path("findings").findValuesAsText("id"))
                    .containsExactly("no-mail");
            twice.oauth().register(app).expect(201);
        }
    }

    /** Admin REST and imports refuse such a setting; another version of the extension may have taken it. */
    @Test
    void findsAndMendsADoorWhoseSettingsCannotBeRead(Database database) {
        String app = "{\"client_name\": \"Some App\", \"redirect_uris\": [\"http://localhost/cb\"]}";
        try (TestRealm unreadable = TestRealm.create(server, RealmTemplate.mcp())) {
            database.execute(
                    "update component_config set value = 'everybody' where name = 'admission' and component_id = '"
                            + unreadable.policy("anonymous").path("id").asText() + "'");
            unreadable.send("POST", "/clear-realm-cache", "").expect(204);
            unreadable.oauth().register(app).expect(403);

            JsonNode found = finding(unreadable, "policy-unreadable");
            assertThat(found.path("what").asText()).contains("anonymous", "admission is everybody");
            kcadm.run(found.path("command").asText());

            assertThat(unreadable.get("/mcp/doctor").path("findings").findValuesAsText("id"))
                    .containsExactly("no-mail");
            unreadable.oauth().register(app).expect(201);
        }
    }

    @Test
    void findsAndMendsUsersOfTheDemoWhereOthersReachTheRealm() {
        try (TestRealm demo = TestRealm.create(server, RealmTemplate.mcp())) {
            attribute(demo, "frontendUrl", "https://keycloak.example.com");

            JsonNode findings = demo.get("/mcp/doctor").path("findings");
            assertThat(findings.findValuesAsText("id")).containsExactly("demo-user", "demo-user", "no-mail");
            kcadm.run(findings.at("/0/command").asText());
            kcadm.run(findings.at("/1/command").asText());

            assertThat(demo.get("/mcp/doctor").path("findings").findValuesAsText("id"))
                    .containsExactly("no-mail");
        }
    }

    /** Who it is has to be said by the admin. */
    @Test
    void findsAndMendsARealmWhereNobodyIsAnApprover() {
        try (TestRealm lonely = TestRealm.create(server, RealmTemplate.mcp().with("MCP_ADMISSION", "admin-approval"))) {
            lonely.delete("/roles/mcp-approver");

            JsonNode found = finding(lonely, "no-approver");
            kcadm.run(found.path("command").asText().replace("username", "bob"));

            assertThat(lonely.get("/mcp/doctor").path("findings").findValuesAsText("id"))
                    .containsExactly("no-mail");
        }
    }

    /** What a reverse proxy tells, and a server that does not listen to it; DeploymentIT mends that and what else a server may lack. */
    @Test
    void seesThatAProxyIsNotListenedTo() {
        JsonNode diagnosis = server.admin()
                .send("GET", "/" + realm.name() + "/mcp/doctor", "", "X-Forwarded-For", "203.0.113.7")
                .expect(200)
                .json();

        assertThat(diagnosis.path("findings").findValuesAsText("id")).containsExactly("client-address-unseen");
        assertThat(diagnosis.at("/findings/0/command").asText()).isEqualTo("kc.sh start --proxy-headers=xforwarded");
    }

    @Test
    void isForRealmAdmins() {
        assertThat(Http.get(
                                server.url("/admin/realms/" + realm.name() + "/mcp/doctor"),
                                "Authorization",
                                "Bearer " + token(realm.name(), "bob", PASSWORD))
                        .status())
                .isEqualTo(403);
    }

    private static Arguments ailment(String finding, Consumer<TestRealm> cause) {
        return Arguments.of(finding, Named.of("is caused", cause));
    }

    private static JsonNode finding(TestRealm realm, String id) {
        JsonNode findings = realm.get("/mcp/doctor").path("findings");
        for (JsonNode finding : findings) {
            if (id.equals(finding.path("id").asText())) {
                return finding;
            }
        }
        throw new AssertionError("No finding " + id + " in " + findings);
    }

    private static void addPolicy(TestRealm realm, String name, String provider, String config) {
        ObjectNode policy = Json.object(
                Map.of("name", name, "providerId", provider, "providerType", POLICIES, "subType", "anonymous"));
        policy.set("config", Json.parse(config));
        realm.create("/components", policy);
    }

    private static void disableTheAction(TestRealm realm) {
        String path = "/authentication/required-actions/mcp-decision";
        realm.put(path, ((ObjectNode) realm.get(path).deepCopy()).put("enabled", false));
    }

    private static void attribute(TestRealm realm, String name, String value) {
        ObjectNode attributes = realm.get("").path("attributes").deepCopy();
        ObjectNode change = Json.object();
        change.set("attributes", attributes.put(name, value));
        realm.change(change);
    }

    private static void resourceUrl(TestRealm realm, String url) {
        ObjectNode server = realm.client(TestRealm.RESOURCE).deepCopy();
        server.withObject("/attributes").put("resource_url", url);
        realm.put("/clients/" + server.path("id").asText(), server);
    }

    private static void nameASecretThatTheVaultHasNot(TestRealm realm) {
        ObjectNode server = realm.client(TestRealm.RESOURCE).deepCopy();
        realm.put("/clients/" + server.path("id").asText(), server.put("secret", "${vault.nothing}"));
    }

    private static void removeOurPolicies(TestRealm realm) {
        for (String door : new String[] {"anonymous", "authenticated"}) {
            realm.delete("/components/" + realm.policy(door).path("id").asText());
        }
    }

    private static void hideATitle(TestRealm realm) {
        ObjectNode texts = Json.object(Map.of("mcpDecisionTitle", " "));
        realm.send("POST", "/localization/en", texts.toString()).expect(204);
    }

    private String token(String realmName, String user, String password) {
        return Http.postForm(
                        server.url("/realms/" + realmName + "/protocol/openid-connect/token"),
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "admin-cli",
                                "username",
                                user,
                                "password",
                                password))
                .expect(200)
                .json()
                .path("access_token")
                .asText();
    }
}
