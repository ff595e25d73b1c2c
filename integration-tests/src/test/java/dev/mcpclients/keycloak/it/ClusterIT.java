package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.Cluster;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.HtmlUnitBrowser;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is decided on one node of a cluster holds on the other at once. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterIT {

    private static final String LOOPBACK = "http://localhost/callback";
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final TestRealm one;
    private final TestRealm two;

    ClusterIT(Database database) {
        cluster = Cluster.start(database);
        one = TestRealm.create(cluster.first(), RealmTemplate.mcp());
        two = one.at(cluster.second());
    }

    @BeforeAll
    void letApproversDecide() {
        one.admission("admin-approval");
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void aFlowThatWaitsOnOneNodeGoesOnAfterAnApprovalOnTheOther() {
        Authorization authorization = one.oauth()
                .authorization(one.oauth().registered("Clustered app", LOOPBACK), LOOPBACK)
                .scope("openid mcp:tools offline_access")
                .resource(TestRealm.RESOURCE);
        try (Visitor alice = new Visitor(one);
                HtmlUnitBrowser bob = new HtmlUnitBrowser(cluster.second())) {
            alice.goes(authorization);
            assertThat(alice.waits()).isTrue();

            bob.open(two.url("/mcp/approvals"));
            bob.signIn("bob", "bob");
            bob.click("mcp-name-0");
            assertThat(bob.text()).contains("Clustered app", "alice");
            bob.type("reason", "Seen on the other node");
            bob.click("mcp-approve");
            assertThat(bob.text()).contains("Approved: 1.");

            Await.until("the waiting screen goes on", AT_ONCE, () -> {
                alice.browser().reload();
                return alice.isAsked();
            });
            JsonNode tokens = one.oauth()
                    .exchange(authorization, alice.allows().code())
                    .expect(200)
                    .json();
            String refreshToken = tokens.path("refresh_token").asText();

            bob.type("reason", "It leaks");
            bob.click("mcp-deny");

            Await.until("the other node has heard of it", AT_ONCE, () -> one.client(authorization.clientId())
                    .at("/attributes/mcp.state")
                    .asText()
                    .equals("denied"));
            HttpAnswer refused = one.oauth().refresh(authorization.clientId(), refreshToken);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("error").asText()).isEqualTo("invalid_grant");
            assertThat(one.oauth()
                            .introspect(
                                    tokens.path("access_token").asText(), TestRealm.RESOURCE, TestRealm.RESOURCE_SECRET)
                            .path("active")
                            .asBoolean())
                    .isFalse();
        }
    }
}
