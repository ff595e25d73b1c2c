package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Await;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.OAuthClient;
import dev.mcpclients.keycloak.it.support.TestRealm;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A10, A23, A24: floods and outages end in a clear error, and nothing is half written. */
@KeycloakTest
final class FaultsIT {

    private final TestRealm realm;
    private final OAuthClient oauth;
    private final Database database;

    FaultsIT(TestRealm realm, OAuthClient oauth, Database database) {
        this.realm = realm;
        this.oauth = oauth;
        this.database = database;
    }

    private static String app(String name) {
        return "{\"client_name\": \"%s\", \"redirect_uris\": [\"http://localhost/cb\"]}".formatted(name);
    }

    @Test
    void withoutADatabaseTheCallerGetsAnErrorAndNothingIsKept() {
        oauth.registered("Before the outage", "http://localhost/cb");
        Map<String, Long> rows = database.rowCounts();
        database.unavailableDuring(() -> {
            HttpAnswer answer = oauth.register(app("During the outage"), "Origin", "http://localhost:6274");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("error").asText()).isEqualTo("temporarily_unavailable");
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(answer.body()).doesNotContain("SQL", "postgres", "Exception");
        });
        Map<String, Long> after = database.rowCounts();
        assertThat(after.get("client")).isEqualTo(rows.get("client"));
        assertThat(after.get("mcp_software")).isEqualTo(rows.get("mcp_software"));
        // The connection pool finds out about each lost connection when it hands it out.
        Await.until(
                "registration works again",
                Duration.ofSeconds(20),
                () -> oauth.register(app("During the outage")).status() == 201);
    }

    @Test
    void aFailureAfterTheSoftwareRowLeavesNoTrace() {
        oauth.registered("Before the failure", "http://localhost/cb");
        database.execute("create function fail() returns trigger language plpgsql as"
                + " $$ begin raise exception 'no'; end $$");
        database.execute("create trigger fail before insert on mcp_client for each row execute function fail()");
        try {
            Map<String, Long> rows = database.rowCounts();
            HttpAnswer answer = oauth.register(app("Half way"));
            assertThat(answer.status()).isEqualTo(503);
            Map<String, Long> after = database.rowCounts();
            rows.remove("event_entity");
            after.remove("event_entity");
            assertThat(after).isEqualTo(rows);
        } finally {
            database.execute("drop trigger fail on mcp_client");
            database.execute("drop function fail()");
        }
        oauth.registered("Half way", "http://localhost/cb");
    }

    @Test
    void aFloodOfPendingSoftwareIsBounded() {
        realm.admission("admin-approval");
        realm.setting("anonymous", "max-pending", "3");
        int pending = realm.get("/mcp/software/count").path("pending").asInt();
        int accepted = 0;
        HttpAnswer last = oauth.register(app("Flood 0"));
        for (int i = 1; i < 10; i++) {
            accepted += last.status() == 201 ? 1 : 0;
            last = oauth.register(app("Flood " + i));
        }
        assertThat(accepted).isEqualTo(3 - pending);
        last.expect(429);
        assertThat(last.header("Retry-After")).isPresent();
        assertThat(database.number("select count(*) from mcp_software where name = ?", "Flood 9"))
                .isZero();
        assertThat(realm.get("/mcp/software/count").path("pending").asInt()).isEqualTo(3);
        // What is registered already is not locked out.
        oauth.register(app("Flood 0")).expect(201);
        // A decision makes room.
        String id =
                realm.get("/mcp/software?search=flood%200").get(0).path("id").asText();
        realm.send("POST", "/mcp/software/" + id + "/deny", "{}").expect(200);
        oauth.register(app("Room")).expect(201);
        realm.setting("anonymous", "max-pending");
        realm.admission("user-approval");
    }

    @Test
    void aFloodOfNeverUsedSoftwareIsBounded() {
        realm.admission("open");
        realm.setting("anonymous", "max-unused", "1");
        oauth.register(app("Unused 1"));
        oauth.register(app("Unused 2")).expect(429);
        realm.setting("anonymous", "max-unused");
    }

    /** Every connection of ChatGPT has a redirect URI of its own, and anybody can make up more of them. */
    @Test
    void aFloodOfConnectionsTakesNoneAwayThatAUserHas() {
        String connection = "https://chatgpt.com/connector/oauth/";
        oauth.registered("ChatGPT", connection + "first");
        String client = oauth.registered("ChatGPT", connection + "hers");
        oauth.registered("ChatGPT", connection + "nobodys");
        Authorization hers = oauth.authorization(client, connection + "hers").scope("openid");
        try (Visitor alice = new Visitor(realm)) {
            alice.goes(hers).allows();

            for (int i = 0; i < 100; i++) {
                oauth.registered("ChatGPT", connection + "flood-" + i);
            }

            List<String> kept = new ArrayList<>();
            realm.client(client).path("redirectUris").forEach(uri -> kept.add(uri.asText()));
            assertThat(kept)
                    .hasSize(102)
                    .contains(connection + "hers", connection + "flood-99")
                    .doesNotContain(connection + "nobodys");
            assertThat(alice.goes(hers).browser().awaitCallback().code()).isNotEmpty();
        }
    }
}
