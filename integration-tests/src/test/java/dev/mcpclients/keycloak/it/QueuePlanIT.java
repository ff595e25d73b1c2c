package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Database;
import dev.mcpclients.keycloak.it.support.KeycloakTest;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.util.List;
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
        String id = realm.get("").path("id").asText();
        database.execute(
                """
                insert into mcp_software (id, realm_id, fingerprint, form, door, name, name_folded, evidence, state, basis,
                    registered_at, claims, version)
                select gen_random_uuid(), '%s', md5(i::text) || md5((-i)::text), 'form', 'anonymous', 'App ' || i, 'app ' || i,
                    (array['none', 'none', 'none', 'domain', 'known'])[i %% 5 + 1],
                    (array['pending', 'approved', 'approved', 'denied'])[i %% 4 + 1], 'decision', i, '[]', 0
                from generate_series(1, %d) i"""
                        .formatted(id, ROWS));
        database.execute("delete from mcp_realm where realm_id = '%s'".formatted(id));
        database.execute(
                "insert into mcp_realm (realm_id, pending, unused, approved, denied) values ('%s', %d, 0, %d, %d)"
                        .formatted(id, ROWS / 4, ROWS / 2, ROWS / 4));
        database.execute("analyze mcp_software");
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
        List<String> statements = database.statements().during(() -> realm.get("/mcp/software/count"));
        assertThat(statements)
                .anyMatch(sql -> sql.contains("MCP_REALM"))
                .noneMatch(sql -> sql.contains("MCP_SOFTWARE"));
    }

    /** The plan of the one statement with which Keycloak answers that call. */
    private String planOf(String path, String... parameters) {
        List<String> statements = database.statements().during(() -> realm.get(path)).stream()
                .filter(sql -> sql.contains("MCP_SOFTWARE") && sql.contains("order by"))
                .toList();
        assertThat(statements).hasSize(1);
        String sql = statements.get(0);
        for (int i = parameters.length; i > 0; i--) {
            assertThat(sql).contains("$" + i);
            sql = sql.replace("$" + i, "'" + parameters[i - 1] + "'");
        }
        assertThat(sql).doesNotContainPattern("\\$\\d");
        return database.rows("explain " + sql).stream()
                .map(row -> String.valueOf(row.get("query plan")))
                .collect(Collectors.joining("\n"));
    }
}
