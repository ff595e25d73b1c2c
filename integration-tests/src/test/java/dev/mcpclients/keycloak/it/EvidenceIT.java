package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.HtmlUnitBrowser;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.McpSetup;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What evidence is good for: approval, refusal, resources; and what becomes of it when the catalogue changes. */
@KeycloakTest
final class EvidenceIT {

    private static final String CLAUDE = "https://claude.ai/api/mcp/auth_callback";
    private static final String ACME = "{\"id\": \"acme\", \"name\": \"Acme Agent\", \"vendor\": \"Acme\","
            + " \"redirectUris\": [\"https://agent.acme.example/cb\"]}";

    private final TestRealm realm;
    private final OAuthClient oauth;

    EvidenceIT(TestRealm realm, OAuthClient oauth) {
        this.realm = realm;
        this.oauth = oauth;
    }

    @BeforeEach
    void adminsApprove() {
        realm.admission("admin-approval");
        realm.setting("anonymous", "catalogue");
        realm.setting("anonymous", "minimum-evidence");
        realm.setting("anonymous", "auto-approve-evidence", "known");
    }

    @Test
    void knownSoftwareIsApprovedByItsEvidenceAndOtherSoftwareWaits() {
        JsonNode claude = client("Claude", CLAUDE);
        assertThat(claude.path("mcp.state").asText()).isEqualTo("approved");
        assertThat(claude.path("mcp.basis").asText()).isEqualTo("evidence");
        assertThat(client("Some App", "https://app.example/cb")
                        .path("mcp.state")
                        .asText())
                .isEqualTo("pending");
        assertThat(client("Claude Code", "http://localhost/callback")
                        .path("mcp.state")
                        .asText())
                .isEqualTo("pending");
    }

    @Test
    void aLookAlikeIsNotApprovedByItsEvidence() {
        realm.setting("anonymous", "auto-approve-evidence", "domain");
        assertThat(client("Plain App", "https://plain.example/cb")
                        .path("mcp.state")
                        .asText())
                .isEqualTo("approved");
        assertThat(client("Claude (official)", "https://evil.example/cb")
                        .path("mcp.state")
                        .asText())
                .isEqualTo("pending");
    }

    @Test
    void tooLittleEvidenceIsRefusedAndOfSeveralRedirectUrisOnlyTheWeakAreLeftOut() {
        realm.setting("anonymous", "minimum-evidence", "domain");
        HttpAnswer refused = oauth.register(
                        "{\"client_name\": \"Local\", \"redirect_uris\": [\"http://localhost/cb\"]}")
                .expect(400);
        assertThat(refused.json().path("error").asText()).isEqualTo("invalid_redirect_uri");
        JsonNode registered = oauth.register("{\"client_name\": \"Both\", \"redirect_uris\":"
                        + " [\"http://localhost/cb\", \"https://both.example/cb\"]}")
                .expect(201)
                .json();
        assertThat(registered.path("redirect_uris")).hasSize(1);
    }

    @Test
    void evidenceFollowsTheCatalogueBothWays() {
        String clientId = oauth.registered("Acme Agent", "https://agent.acme.example/cb");
        assertThat(attributes(clientId).path("mcp.evidence").asText()).isEqualTo("domain");
        assertThat(attributes(clientId).path("mcp.state").asText()).isEqualTo("pending");

        realm.setting("anonymous", "catalogue", ACME);
        awaitState(clientId, "approved");
        assertThat(attributes(clientId).path("mcp.basis").asText()).isEqualTo("evidence");
        assertThat(attributes(clientId).path("mcp.evidence").asText()).isEqualTo("known");

        realm.setting("anonymous", "catalogue");
        awaitState(clientId, "pending");
        assertThat(attributes(clientId).path("mcp.evidence").asText()).isEqualTo("domain");
        assertThat(realm.client(clientId).path("notBefore").asLong()).isPositive();
        Await.until("an event of the fall", Duration.ofSeconds(20), () -> StreamSupport.stream(
                        realm.events("CLIENT_UPDATE").spliterator(), false)
                .filter(event -> event.path("clientId").asText().equals(clientId))
                .map(event -> event.path("details"))
                .anyMatch(
                        details -> details.path("mcp_evidence_before").asText().equals("known")
                                && details.path("mcp_evidence").asText().equals("domain")
                                && details.path("mcp_state").asText().equals("pending")));
    }

    /** Whichever door an entry is configured at. */
    @Test
    void theRealmHasOneCatalogue() {
        realm.setting("authenticated", "catalogue", ACME.replace("agent.acme", "one.acme"));
        String clientId = oauth.registered("One Agent", "https://one.acme.example/cb");
        assertThat(attributes(clientId).path("mcp.evidence").asText()).isEqualTo("known");

        try (Visitor visitor = new Visitor(realm);
                HtmlUnitBrowser approver = new HtmlUnitBrowser(realm.server())) {
            visitor.goes(oauth.authorization(clientId, "https://one.acme.example/cb"));
            assertThat(visitor.browser().text()).contains("Verified").doesNotContain("Not verified");
            approver.open(realm.url("/mcp/approvals/" + software("One Agent")));
            approver.signIn("bob", "bob");
            assertThat(approver.markup()).contains("mcp-badge-known");
        } finally {
            realm.setting("authenticated", "catalogue");
        }
        awaitState(clientId, "pending");
    }

    @Test
    void aHumanDecisionOutlivesTheEvidence() {
        realm.setting("anonymous", "auto-approve-evidence");
        String clientId = oauth.registered("Decided Agent", "https://oauth.n8n.cloud/oauth2/callback");
        realm.send("POST", "/mcp/software/" + software("Decided Agent") + "/approve", "{}")
                .expect(200);
        realm.setting("anonymous", "catalogue", "{\"id\": \"n8n\", \"off\": true}");
        Await.until(
                "lower evidence",
                Duration.ofSeconds(20),
                () -> attributes(clientId).path("mcp.evidence").asText().equals("domain"));
        assertThat(attributes(clientId).path("mcp.state").asText()).isEqualTo("approved");
    }

    @Test
    void aCatalogueThatCannotBeReadIsNotSaved() {
        ObjectNode component = realm.policy("anonymous").deepCopy();
        component.withObject("/config").putArray("catalogue").add("{\"id\": \"acme\", \"colour\": \"red\"}");
        HttpAnswer answer =
                realm.send("PUT", "/components/" + component.path("id").asText(), component.toString());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("entry 1", "colour");
    }

    @Test
    void aResourceAsksForEvidence(McpSetup setup) {
        realm.admission("open");
        String clientId = oauth.registered("Weak App", "http://localhost/weak");
        JsonNode resource = realm.client(setup.resource().toString());
        ObjectNode changed = resource.deepCopy();
        changed.withObject("/attributes").put("mcp.resource.minimum-evidence", "domain");
        realm.put("/clients/" + resource.path("id").asText(), changed);
        try (HtmlUnitBrowser browser = new HtmlUnitBrowser(realm.server())) {
            browser.open(oauth.authorization(clientId, "http://localhost:4711/weak")
                    .resource(setup.resource().toString())
                    .uri());
            browser.signIn("alice", "alice");
            assertThat(browser.awaitCallback().error()).contains("invalid_target");
        } finally {
            changed.withObject("/attributes").put("mcp.resource.minimum-evidence", "");
            realm.put("/clients/" + resource.path("id").asText(), changed);
        }
    }

    private void awaitState(String clientId, String state) {
        Await.until(
                "state " + state,
                Duration.ofSeconds(20),
                () -> attributes(clientId).path("mcp.state").asText().equals(state));
    }

    private JsonNode client(String name, String redirectUri) {
        return attributes(oauth.registered(name, redirectUri));
    }

    private JsonNode attributes(String clientId) {
        return realm.client(clientId).path("attributes");
    }

    private String software(String name) {
        return realm.get("/mcp/software?" + Http.encode(Map.of("search", name)))
                .get(0)
                .path("id")
                .asText();
    }
}
