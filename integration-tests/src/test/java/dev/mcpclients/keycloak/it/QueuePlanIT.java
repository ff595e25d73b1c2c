package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.KeycloakServer;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.RealmTemplate;
import dev.mcpclients.keycloak.it.support.Settings;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** With 100,000 rows the queue and its counts read no more than with 100: the plans of PostgreSQL show it. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueuePlanIT {

    private static final int ROWS = 100_000;

    private final TestRealm realm;
    private final Database database;

    QueuePlanIT(TestRealm realm, Database database) {
        this.realm = realm;
        this.database = database;
    }

    @BeforeAll
    void load() {
        load(realm.id(), ROWS);
        database.execute("analyze mcp_software");
    }

    private void load(String id, int rows) {
        database.execute(
                """
                insert into mcp_software (id, realm_id, fingerprint, form, door, name, name_folded, evidence, state, basis,
                    registered_at, claims, version)
                select gen_random_uuid(), '%s', md5(i::text) || md5((-i)::text), 'form', 'anonymous', 'App ' || i, 'app ' || i,
                    (array['none', 'none', 'none', 'domain', 'known'])[i %% 5 + 1],
                    (array['pending', 'approved', 'approved', 'denied'])[i %% 4 + 1], 'decision', i, '[]', 0
                from generate_series(1, %d) i"""
                        .formatted(id, rows));
        database.execute("delete from mcp_realm where realm_id = '%s'".formatted(id));
        database.execute(
                "insert into mcp_realm (realm_id, pending, unused, approved, denied) values ('%s', %d, 0, %d, %d)"
                        .formatted(id, rows / 4, rows / 2, rows / 4));
    }

    @Test
    void everyPageOfTheQueueIsARangeOfAnIndex() {
        String id = realm.get("").path("id").asText();
        assertThat(planOf("/mcp/software?state=pending&max=50", id, "pending", "0", "50"))
                .contains("idx_mcp_software_state")
                .doesNotContain("Seq Scan", "Sort");
        assertThat(planOf("/mcp/software?max=50", id, "0", "50"))
                .contains("idx_mcp_software_registered")
                .doesNotContain("Seq Scan", "Sort");
        assertThat(planOf("/mcp/software?state=approved&evidence=known&max=50", id, "approved", "known", "0", "50"))
                .contains("idx_mcp_software_evidence")
                .doesNotContain("Seq Scan", "Sort");
    }

    @Test
    void theLastPageIsAsQuickAsTheFirst() {
        String id = realm.get("").path("id").asText();
        String last = database.rows(
                        "select id from mcp_software where realm_id = ? and registered_at = 203 and state = 'denied'",
                        id)
                .get(0)
                .values()
                .iterator()
                .next()
                .toString();
        String path = "/mcp/software?state=denied&max=50&after=" + last;
        JsonNode page = realm.get(path);
        assertThat(page).hasSize(50);
        assertThat(page.at("/0/name").asText()).isEqualTo("App 199");

        assertThat(planOf(path, id, "denied", "203", "203", last, "0", "50"))
                .contains("idx_mcp_software_state", "registered_at <= ")
                .doesNotContain("Seq Scan", "Sort");
    }

    @Test
    void aSearchIsARangeOfAnIndex() {
        String id = realm.get("").path("id").asText();
        assertThat(realm.get("/mcp/software?search=APP%2077777")).hasSize(1);
        assertThat(planOf("/mcp/software?search=APP%2077777&max=50", id, "app 77777%", "0", "50"))
                .contains("idx_mcp_software_prefix")
                .doesNotContain("Seq Scan");
    }

    @Test
    void countsAreMaintained() {
        JsonNode counts = realm.get("/mcp/software/count");
        assertThat(counts.path("pending").asInt()).isEqualTo(ROWS / 4);
        assertThat(counts.path("approved").asInt()).isEqualTo(ROWS / 2);
        List<String> statements = database.statements().fewest(() -> realm.get("/mcp/software/count"));
        assertThat(statements)
                .anyMatch(sql -> sql.contains("MCP_REALM"))
                .noneMatch(sql -> sql.contains("MCP_SOFTWARE"));
    }

    /**
     * What PostgreSQL touches for a page and for the counts, in a realm with 100 rows and in one with 100,000: time depends on the
     * machine, this does not. The plans are printed; docs/performance.md shows them.
     */
    @Test
    void costsTheSameAtAHundredAndAtAHundredThousandRows(KeycloakServer server) throws IOException {
        try (TestRealm small = TestRealm.create(server, RealmTemplate.mcp())) {
            load(small.id(), 100);
            database.execute("vacuum analyze mcp_software");
            String page = "explain (analyze, buffers, costs off, timing off, summary off) "
                    + statement(realm, "/mcp/software?state=pending&max=20", realm.id(), "pending", "0", "20");
            String count = "explain (analyze, buffers, costs off, timing off, summary off)"
                    + " select pending, approved, denied from mcp_realm where realm_id = '" + realm.id() + "'";
            List<String> plans = new ArrayList<>();
            for (String sql : List.of(page, count)) {
                String many = lines(sql);
                String few = lines(sql.replace(realm.id(), small.id()));
                plans.add("-- 100 rows\n" + few + "\n\n-- 100,000 rows\n" + many);
                assertThat(many).doesNotContain("Seq Scan on mcp_software", "Sort");
                assertThat(few).doesNotContain("Seq Scan on mcp_software", "Sort");
                assertThat(Math.abs(buffers(many) - buffers(few))).isLessThanOrEqualTo(20);
            }
            Path file = Settings.target().resolve("plans.txt");
            Files.writeString(file, String.join("\n\n", plans) + "\n");
        }
    }

    private static int buffers(String plan) {
        Matcher found = Pattern.compile("Buffers: shared hit=(\\d+)").matcher(plan);
        assertThat(found.find()).as(plan).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /** The plan of the one statement with which Keycloak answers that call. */
    private String planOf(String path, String... parameters) {
        return lines("explain " + statement(realm, path, parameters));
    }

    private String statement(TestRealm asked, String path, String... parameters) {
        List<String> statements = database.statements().during(() -> asked.get(path)).stream()
                .filter(sql -> sql.contains("MCP_SOFTWARE") && sql.contains("order by"))
                .filter(sql -> !sql.contains("EXPIRES_AT<="))
                .toList();
        assertThat(statements).hasSize(1);
        String sql = statements.get(0);
        for (int i = parameters.length; i > 0; i--) {
            assertThat(sql).contains("$" + i);
            sql = sql.replace("$" + i, "'" + parameters[i - 1] + "'");
        }
        assertThat(sql).doesNotContainPattern("\\$\\d");
        return sql;
    }

    private String lines(String sql) {
        return database.rows(sql).stream()
                .map(row -> String.valueOf(row.get("query plan")))
                .collect(Collectors.joining("\n"));
    }
}
