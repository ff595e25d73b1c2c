package dev.mcpclients.keycloak.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.registry.Cursor;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.SoftwareState;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueQueryTest {

    private static final String ID = "0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f";

    @Test
    void showsWhatWaitsUnlessAskedForMore() {
        assertThat(of(Map.of())).isEqualTo(new QueueQuery(SoftwareState.PENDING, null, null, null, null));
        assertThat(of(Map.of("state", "all")).state()).isNull();
        assertThat(of(Map.of("state", "denied")).state()).isEqualTo(SoftwareState.DENIED);
    }

    @Test
    void readsEveryFilter() {
        QueueQuery query =
                of(Map.of("evidence", "domain", "door", "cimd", "search", " Notes ", "after", "1700000000000_" + ID));

        assertThat(query.evidence()).isEqualTo(Evidence.DOMAIN);
        assertThat(query.door()).isEqualTo(Door.CIMD);
        assertThat(query.search()).isEqualTo("Notes");
        assertThat(query.after()).isEqualTo(new Cursor(Instant.ofEpochMilli(1_700_000_000_000L), ID));
        assertThat(query.isNarrowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1700000000000", "-1_" + ID, "1_../../etc", "99999999999999999999_" + ID, "1_' or 1=1"})
    void beginsAtTheTopWhereThePageCannotBeRead(String after) {
        assertThat(of(Map.of("after", after)).after()).isNull();
    }

    @Test
    void leavesOutWhatItDoesNotKnow() {
        QueueQuery query = of(Map.of("state", "<b>", "evidence", "certain", "door", "window", "search", "  "));

        assertThat(query).isEqualTo(new QueueQuery(SoftwareState.PENDING, null, null, null, null));
        assertThat(query.isNarrowed()).isFalse();
    }

    @Test
    void cutsALongSearchBetweenCharacters() {
        String search = of(Map.of("search", "😀".repeat(200))).search();

        assertThat(search).isEqualTo("😀".repeat(100));
    }

    @Test
    void anotherStateBeginsAtTheTopAndKeepsTheFilters() {
        QueueQuery query = of(Map.of("door", "anonymous", "after", "1_" + ID)).in(SoftwareState.APPROVED);

        assertThat(query).isEqualTo(new QueueQuery(SoftwareState.APPROVED, null, Door.ANONYMOUS, null, null));
    }

    private static QueueQuery of(Map<String, String> query) {
        return QueueQuery.of(new MultivaluedHashMap<>(query));
    }
}
