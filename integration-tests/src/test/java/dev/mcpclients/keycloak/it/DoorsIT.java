package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may register at which door: admissions, tokens, and the doors that Keycloak brings along. */
@KeycloakTest
final class DoorsIT {

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final Database database;

    DoorsIT(TestRealm realm, OAuthClient oauth, Database database) {
        this.realm = realm;
        this.oauth = oauth;
        this.database = database;
    }

    @BeforeEach
    void letUsersDecide() {
        realm.admission("user-approval");
        realm.setting("authenticated", "fixed-initial-access-tokens");
    }

    private static String app(String name) {
        return "{\"client_name\": \"%s\", \"redirect_uris\": [\"http://localhost/cb\"]}".formatted(name);
    }

    private String initialAccessToken(int count) {
        return realm.send("POST", "/clients-initial-access", "{\"count\": %d, \"expiration\": 600}".formatted(count))
                .json()
                .path("token")
                .asText();
    }

    @ParameterizedTest
    @CsvSource({"open,approved,open", "user-approval,approved,user-approval", "admin-approval,pending,admin-approval"})
    void givesNewSoftwareTheStateOfTheAdmission(String admission, String state, String basis) {
        realm.setting("anonymous", "admission", admission);
        JsonNode answer = oauth.register(app("New at " + admission)).expect(201).json();
        assertThat(answer.path("mcp_state").asText()).isEqualTo(state);
        JsonNode client = realm.client(answer.path("client_id").asText());
        assertThat(client.at("/attributes/mcp.state").asText()).isEqualTo(state);
        assertThat(client.at("/attributes/mcp.basis").asText()).isEqualTo(basis);
    }

    @Test
    void tokenOnlyAsksForAnInitialAccessToken() {
        realm.setting("anonymous", "admission", "token-only");
        HttpAnswer refused = oauth.register(app("Token")).expect(401);
        assertThat(refused.header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        String token = initialAccessToken(1);
        oauth.register(app("Token"), "Authorization", "Bearer " + token).expect(201);
        oauth.register(app("Token again"), "Authorization", "Bearer " + token).expect(401);
    }

    @Test
    void closedRefusesNewSoftwareAndLetsKnownSoftwareGoOn() {
        String known = oauth.registered("Known before", "http://localhost/cb");
        realm.admission("closed");
        HttpAnswer refused = oauth.register(app("Too late"), "Origin", "http://localhost:6274")
                .expect(403);
        assertThat(refused.json().path("error").asText()).isEqualTo("access_denied");
        assertThat(refused.header("Access-Control-Allow-Origin")).contains("http://localhost:6274");
        assertThat(oauth.registered("Known before", "http://localhost/cb")).isEqualTo(known);
    }

    @Test
    void aStateWithoutAHumanDecisionCountsOnlyAtItsDoor() {
        realm.setting("authenticated", "admission", "open");
        realm.setting("anonymous", "admission", "admin-approval");
        JsonNode trusted = oauth.register(app("Two doors"), "Authorization", "Bearer " + initialAccessToken(1))
                .expect(201)
                .json();
        JsonNode stranger = oauth.register(app("Two doors")).expect(201).json();
        assertThat(trusted.path("mcp_state").asText()).isEqualTo("approved");
        assertThat(stranger.path("mcp_state").asText()).isEqualTo("pending");
        assertThat(stranger.path("client_id")).isNotEqualTo(trusted.path("client_id"));
    }

    @Test
    void aDecisionHoldsAtEveryDoor() {
        realm.admission("admin-approval");
        oauth.register(app("Decided once")).expect(201);
        String id = software("Decided once");
        realm.send("POST", "/mcp/software/" + id + "/approve", "{}").expect(200);
        JsonNode answer = oauth.register(app("Decided once"), "Authorization", "Bearer " + initialAccessToken(1))
                .expect(201)
                .json();
        assertThat(answer.path("mcp_state").asText()).isEqualTo("approved");
    }

    @Test
    void deniedSoftwareIsRefusedAndAddsNoRow() {
        realm.admission("admin-approval");
        oauth.register(app("Denied")).expect(201);
        realm.send("POST", "/mcp/software/" + software("Denied") + "/deny", "{\"reason\": \"No.\"}")
                .expect(200);
        long rows = database.number("select count(*) from mcp_software");
        HttpAnswer refused = oauth.register(app("Denied")).expect(400);
        assertThat(refused.json().path("error").asText()).isEqualTo("invalid_client_metadata");
        assertThat(refused.json().path("error_description").asText()).contains("re-open");
        assertThat(database.number("select count(*) from mcp_software")).isEqualTo(rows);
    }

    @Test
    void fixedTokensWorkHereAndNowhereElse() throws Exception {
        realm.setting("anonymous", "admission", "token-only");
        realm.setting("authenticated", "fixed-initial-access-tokens", "ci=sha256:" + sha256("s3cret-token"));
        oauth.register(app("Fixed"), "Authorization", "Bearer s3cret-token").expect(201);
        oauth.register(app("Fixed wrong"), "Authorization", "Bearer s3cret-tokeN")
                .expect(401);
        oauth.registerAt("openid-connect", app("Fixed elsewhere"), "Authorization", "Bearer s3cret-token")
                .expect(401);
        assertThat(realm.get("").toString()).doesNotContain("s3cret-token");
    }

    @Test
    void aClearTextTokenIsRefusedAsASetting() {
        JsonNode component = realm.policy("authenticated");
        ((ObjectNode) component.path("config"))
                .putArray("fixed-initial-access-tokens")
                .add("ci=plain");
        HttpAnswer answer =
                realm.send("PUT", "/components/" + component.path("id").asText(), component.toString());
        answer.expect(400);
        assertThat(answer.body()).contains("sha256").doesNotContain("plain");
    }

    @Test
    void aSettingThatCannotBeReadIsRefusedByName() {
        JsonNode component = realm.policy("anonymous");
        ((ObjectNode) component.path("config")).putArray("admission").add("everybody");
        HttpAnswer answer =
                realm.send("PUT", "/components/" + component.path("id").asText(), component.toString());
        answer.expect(400);
        assertThat(answer.body()).contains("everybody", "admin-approval");
    }

    @Test
    void aDoorHasOneSetOfSettings() {
        ObjectNode second = realm.policy("anonymous").deepCopy();
        second.remove("id");
        second.put("name", "Second").withObject("/config").putArray("admission").add("open");
        HttpAnswer answer = realm.send("POST", "/components", second.toString()).expect(400);
        assertThat(answer.body()).contains("mcp-client already");
    }

    /** A26, A1: the doors of Keycloak's own are shut for strangers and name ours. */
    @ParameterizedTest
    @ValueSource(strings = {"openid-connect", "default"})
    void anonymousRegistrationAtAStockDoorNamesOurs(String door) {
        String body = door.equals("default")
                ? "{\"clientId\": \"smuggled\", \"attributes\": {\"mcp.state\": \"approved\"}}"
                : app("Stock door");
        HttpAnswer answer = oauth.registerAt(door, body).expect(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_client_metadata");
        assertThat(answer.json().path("error_description").asText()).contains("/clients-registrations/mcp");
    }

    @Test
    void anonymousSamlRegistrationIsRefused() {
        HttpAnswer answer = Http.send(
                "POST",
                realm.url("/clients-registrations/saml2-entity-descriptor"),
                """
                <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="smuggled-saml">
                  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                    <AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
                                              Location="https://evil.example/acs" index="0"/>
                  </SPSSODescriptor>
                </EntityDescriptor>""",
                "Content-Type",
                "application/xml");
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(database.number("select count(*) from client where client_id = ?", "smuggled-saml"))
                .isZero();
    }

    /** A26: what an authenticated registration may bring along is cut down to what our own endpoint stores. */
    @Test
    void authenticatedRegistrationAtTheDefaultDoorIsHeldToTheRules() {
        JsonNode answer = oauth.registerAt(
                        "default",
                        """
                        {"clientId": "smuggler", "name": "Smuggler", "publicClient": true,
                         "redirectUris": ["https://app.example/cb"], "webOrigins": ["*"],
                         "fullScopeAllowed": true, "consentRequired": false,
                         "serviceAccountsEnabled": true, "directAccessGrantsEnabled": true, "implicitFlowEnabled": true,
                         "attributes": {"mcp.state": "approved", "mcp.basis": "decision", "mcp.software": "x",
                                        "resource_url": "http://localhost:9090/mcp",
                                        "backchannel.logout.url": "https://evil.example/logout"},
                         "protocolMappers": [{"name": "aud", "protocol": "openid-connect",
                           "protocolMapper": "oidc-audience-mapper", "config": {"included.custom.audience": "other"}}]}""",
                        "Authorization",
                        "Bearer " + initialAccessToken(1))
                .expect(201)
                .json();
        JsonNode client = realm.client("smuggler");
        assertThat(client.path("fullScopeAllowed").asBoolean()).isFalse();
        assertThat(client.path("consentRequired").asBoolean()).isTrue();
        assertThat(client.path("serviceAccountsEnabled").asBoolean()).isFalse();
        assertThat(client.path("directAccessGrantsEnabled").asBoolean()).isFalse();
        assertThat(client.path("implicitFlowEnabled").asBoolean()).isFalse();
        assertThat(client.path("webOrigins")).isEmpty();
        assertThat(client.path("protocolMappers")).isEmpty();
        JsonNode attributes = client.path("attributes");
        assertThat(attributes.has("resource_url")).isFalse();
        assertThat(attributes.has("backchannel.logout.url")).isFalse();
        assertThat(attributes.path("pkce.code.challenge.method").asText()).isEqualTo("S256");
        assertThat(attributes.path("mcp.software").asText()).isNotEqualTo("x").hasSize(36);
        assertThat(attributes.path("mcp.basis").asText()).isEqualTo("user-approval");

        // Later, with the registration access token, at the same door.
        String update = realm.client("smuggler").toString();
        JsonNode changed = Json.parse(update);
        ((ObjectNode) changed.path("attributes")).put("mcp.state", "approved").put("resource_url", "x");
        ((ObjectNode) changed).put("serviceAccountsEnabled", true).put("fullScopeAllowed", true);
        Http.send(
                        "PUT",
                        realm.url("/clients-registrations/default/smuggler"),
                        changed.toString(),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + answer.path("registrationAccessToken").asText())
                .expect(200);
        JsonNode after = realm.client("smuggler");
        assertThat(after.path("serviceAccountsEnabled").asBoolean()).isFalse();
        assertThat(after.path("fullScopeAllowed").asBoolean()).isFalse();
        assertThat(after.at("/attributes/resource_url").isMissingNode()).isTrue();
    }

    /** A26: a suspension ends tokens by the client's not-before time, which this door would otherwise take from the client. */
    @Test
    void whatASuspensionEndedStaysEnded() {
        realm.admission("admin-approval");
        JsonNode own = oauth.register("{\"client_name\": \"Revived\", \"redirect_uris\": [\"https://own.example/cb\"],"
                        + " \"token_endpoint_auth_method\": \"client_secret_basic\"}")
                .expect(201)
                .json();
        String id = software("Revived");
        realm.send("POST", "/mcp/software/" + id + "/approve", "{}").expect(200);
        realm.send("POST", "/mcp/software/" + id + "/suspend", "{}").expect(200);
        JsonNode before = realm.client(own.path("client_id").asText());
        assertThat(before.path("notBefore").asInt()).isPositive();
        ObjectNode hostile = before.deepCopy();
        hostile.remove("attributes");
        hostile.put("notBefore", 0)
                .put("enabled", false)
                .put("surrogateAuthRequired", true)
                .put("frontchannelLogout", true)
                .put("alwaysDisplayInConsole", true)
                .put("directGrantsOnly", true)
                .put("nodeReRegistrationTimeout", 1)
                .putObject("registeredNodes")
                .put("10.0.0.1", 1);

        Http.send(
                        "PUT",
                        realm.url("/clients-registrations/default/"
                                + before.path("clientId").asText()),
                        hostile.toString(),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + own.path("registration_access_token").asText())
                .expect(200);

        JsonNode after = realm.client(before.path("clientId").asText());
        for (String name : List.of(
                "notBefore",
                "enabled",
                "surrogateAuthRequired",
                "frontchannelLogout",
                "alwaysDisplayInConsole",
                "standardFlowEnabled",
                "directAccessGrantsEnabled",
                "nodeReRegistrationTimeout",
                "registeredNodes")) {
            assertThat(after.path(name)).as(name).isEqualTo(before.path(name));
        }
    }

    @Test
    void dangerousRedirectUrisAreRefusedAtTheStockDoorToo() {
        oauth.registerAt(
                        "openid-connect",
                        "{\"client_name\": \"Wild\", \"redirect_uris\": [\"https://evil.example/*\"]}",
                        "Authorization",
                        "Bearer " + initialAccessToken(1))
                .expect(400);
    }

    /** A19: there is no registration access token for a client that many share, and no other way to change it here. */
    @Test
    void nobodyChangesASharedClient() {
        String clientId = oauth.registered("Shared by many", "http://localhost/cb");
        JsonNode own = oauth.register("{\"client_name\": \"Own\", \"redirect_uris\": [\"https://own.example/cb\"],"
                        + " \"token_endpoint_auth_method\": \"client_secret_basic\"}")
                .expect(201)
                .json();
        URI shared = realm.url("/clients-registrations/mcp/" + clientId);
        String foreign = "Bearer " + own.path("registration_access_token").asText();
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            assertThat(Http.send(
                                    method,
                                    shared,
                                    method.equals("PUT") ? "{}" : "",
                                    "Authorization",
                                    foreign,
                                    "Content-Type",
                                    "application/json")
                            .status())
                    .as(method)
                    .isEqualTo(401);
        }
        assertThat(realm.client(clientId).path("name").asText()).isEqualTo("Shared by many");
    }

    @Test
    void anOwnClientIsReadUpdatedAndRemovedByItsRegistrant() {
        realm.admission("admin-approval");
        JsonNode own = oauth.register("{\"client_name\": \"Mine\", \"redirect_uris\": [\"https://mine.example/cb\"],"
                        + " \"token_endpoint_auth_method\": \"client_secret_basic\"}")
                .expect(201)
                .json();
        realm.send("POST", "/mcp/software/" + software("Mine") + "/approve", "{}")
                .expect(200);
        String clientId = own.path("client_id").asText();
        URI uri = URI.create(own.path("registration_client_uri").asText());
        String token = "Bearer " + own.path("registration_access_token").asText();
        assertThat(realm.client(clientId).at("/attributes/mcp.state").asText()).isEqualTo("approved");

        JsonNode updated = Http.send(
                        "PUT",
                        uri,
                        Json.object(Map.of(
                                        "client_id",
                                        clientId,
                                        "client_name",
                                        "Mine",
                                        "redirect_uris",
                                        List.of("https://elsewhere.example/cb"),
                                        "token_endpoint_auth_method",
                                        "client_secret_basic"))
                                .toString(),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        token)
                .expect(200)
                .json();
        // Other redirect URIs are other software, about which nobody has decided.
        assertThat(updated.path("mcp_state").asText()).isEqualTo("pending");
        assertThat(realm.client(clientId).at("/attributes/mcp.state").asText()).isEqualTo("pending");

        String rotated = "Bearer " + updated.path("registration_access_token").asText();
        Http.send("DELETE", uri, "", "Authorization", rotated).expect(204);
        assertThat(database.number("select count(*) from client where client_id = ?", clientId))
                .isZero();
    }

    private String software(String name) {
        return String.valueOf(database.rows(
                        "select id from mcp_software where name = ? and realm_id = ?",
                        name,
                        realm.get("").path("id").asText())
                .get(0)
                .get("id"));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
