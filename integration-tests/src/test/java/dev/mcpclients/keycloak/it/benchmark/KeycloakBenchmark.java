package dev.mcpclients.keycloak.it.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.Production;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.Settings;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Time and memory beside a Keycloak without our JARs. It is no part of a test run, and judges nothing: the table it writes,
 * {@code target/benchmark.md}, is for docs/performance.md.
 *
 * <pre>mvn verify -pl integration-tests -am -DskipUnitTests -Dit.test=KeycloakBenchmark -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
@KeycloakTest
final class KeycloakBenchmark {

    private static final int MANY = 50_000;

    /** An id for the copy number {@code i} of anything. */
    private static final String COPY = "md5('copy ' || i)::uuid::text";

    private static final String POLICIES =
            "/components?type=org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

    @Test
    void besideStock(Database beside) throws IOException {
        Contest contest = new Contest();
        try (Production stock = Production.start("stock_benchmark", beside, List.of());
                Production ours = Production.start("our_benchmark", beside, Settings.ourJars())) {
            contest.row(
                    "start",
                    "s",
                    stock.restartTime().toMillis() / 1e3,
                    ours.restartTime().toMillis() / 1e3);
            Side theirs = stock(stock);
            Side mine = ours(ours);
            warmUp(theirs, mine);

            measure(contest, "", stock(stock), ours(ours));
            Side theirsWithMany = stock(stock);
            Side mineWithMany = ours(ours);
            fill(stock.database(), theirsWithMany);
            fill(ours.database(), mineWithMany);
            measure(contest, ", " + MANY + " clients", theirsWithMany, mineWithMany);
            contest.row(
                    "a page of 50: client list, queue, " + MANY + " clients",
                    () -> theirsWithMany.reads("/clients?max=50"),
                    () -> mineWithMany.reads("/mcp/software?max=50"));
            contest.row(
                    "a page of 50 of the queue: few rows, " + MANY,
                    () -> mine.reads("/mcp/software?max=50"),
                    () -> mineWithMany.reads("/mcp/software?max=50"));
            if (stock.peakMemory().isPresent() && ours.peakMemory().isPresent()) {
                contest.row(
                        "largest memory",
                        "MB",
                        stock.peakMemory().getAsLong() / 1e6,
                        ours.peakMemory().getAsLong() / 1e6);
            }
        } finally {
            Files.writeString(Settings.target().resolve("benchmark.md"), contest.table());
        }
    }

    private static void measure(Contest contest, String where, Side stock, Side ours) {
        contest.row("first registration" + where, stock::registersNewSoftware, ours::registersNewSoftware);
        contest.row(
                "first registration, eight at once" + where,
                stock::registersNewSoftwareAtOnce,
                ours::registersNewSoftwareAtOnce);
        contest.row("the same again" + where, stock::registersTheSameSoftware, ours::registersTheSameSoftware);
        contest.row(
                "the same again, eight at once" + where,
                stock::registersTheSameSoftwareAtOnce,
                ours::registersTheSameSoftwareAtOnce);
        contest.row("login in a session" + where, stock::signsInAgain, ours::signsInAgain);
        contest.row("refresh" + where, stock::refreshes, ours::refreshes);
        contest.row("register, allow, token" + where, stock::connectsNewSoftware, ours::connectsNewSoftware);
    }

    /** Until the compiler has seen everything often enough. */
    private static void warmUp(Side stock, Side ours) {
        for (int i = 0; i < 3 * Contest.ROUNDS; i++) {
            for (Side side : List.of(stock, ours)) {
                side.registersNewSoftware();
                side.registersTheSameSoftwareAtOnce();
                side.signsInAgain();
                side.refreshes();
                side.connectsNewSoftware();
            }
        }
    }

    /** Anonymous registration as an admin would open it: without Trusted Hosts, and with room for all. */
    private static Side stock(Production production) {
        TestRealm realm = TestRealm.create(
                production.server(), RealmTemplate.mcp().withoutExtension().named(TestRealm.freshName()));
        for (JsonNode policy : realm.get(POLICIES)) {
            String id = "/components/" + policy.path("id").asText();
            if (policy.path("providerId").asText().equals("trusted-hosts")) {
                realm.delete(id);
            } else if (policy.path("providerId").asText().equals("max-clients")) {
                ObjectNode roomy = policy.deepCopy();
                roomy.withObject("/config").putArray("max-clients").add("1000000");
                realm.put(id, roomy);
            }
        }
        return new Side(realm, "openid-connect", Map.of("accept", "Yes"));
    }

    private static Side ours(Production production) {
        TestRealm realm =
                TestRealm.create(production.server(), RealmTemplate.mcp().named(TestRealm.freshName()));
        realm.setting("anonymous", "max-unused", "1000000");
        return new Side(realm, "mcp", Map.of("answer", "allow"));
    }

    /** Copies of one registered client, row by row, as if that many had registered. */
    private static void fill(Database database, Side side) {
        String clientId = side.register("Copied", Side.LOCAL);
        String realm = side.realm().id();
        String client = side.realm().client(clientId).path("id").asText();
        copy(database, "client", "id = '" + client + "'", "'id', " + COPY + ", 'client_id', " + COPY);
        for (String table : List.of("redirect_uris", "web_origins", "client_scope_client")) {
            copy(database, table, "client_id = '" + client + "'", "'client_id', " + COPY);
        }
        copy(
                database,
                "client_attributes",
                "client_id = '" + client + "'",
                "'client_id', " + COPY + ", 'value', case when name = 'mcp.software' then " + COPY + " else value end");
        if (database.number("select count(*) from information_schema.tables where table_name = 'mcp_client'") > 0) {
            copy(
                    database,
                    "mcp_software",
                    "id = (select software_id from mcp_client where client_uuid = '" + client + "')",
                    "'id', " + COPY + ", 'fingerprint', md5(i::text) || md5((-i)::text)");
            copy(
                    database,
                    "mcp_client",
                    "client_uuid = '" + client + "'",
                    "'client_uuid', " + COPY + ", 'client_id', " + COPY + ", 'software_id', " + COPY + ", 'shared_of', "
                            + COPY);
            database.execute("update mcp_realm set unused = unused + " + MANY + " where realm_id = '" + realm + "'");
        }
        database.execute("analyze");
    }

    private static void copy(Database database, String table, String rows, String changes) {
        database.execute(
                """
                insert into %1$s
                select (jsonb_populate_record(null::%1$s, to_jsonb(t) || jsonb_build_object(%3$s))).*
                from (select * from %1$s where %2$s) t, generate_series(1, %4$d) i"""
                        .formatted(table, rows, changes, MANY));
    }
}
