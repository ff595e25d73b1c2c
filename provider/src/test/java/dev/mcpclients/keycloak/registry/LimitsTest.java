package dev.mcpclients.keycloak.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");
    private static final Limits ALL =
            new Limits(Set.of("g1", "g2"), Set.of("https://a.example/mcp"), Set.of("mcp:tools"), END);

    @Test
    void comesBackFromItsStoredForm() {
        assertThat(Limits.of(ALL.toJson())).isEqualTo(ALL);
        assertThat(Limits.of(Limits.NONE.toJson())).isEqualTo(Limits.NONE);
    }

    @Test
    void noLimitIsNotStored() {
        assertThat(Limits.NONE.toJson()).isNull();
        assertThat(Limits.of(null).isNone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{\"until\": \"soon\"}",
                "{\"until\": null}",
                "{\"scopes\": \"a\"}",
                "{\"groups\": [1]}",
                "{\"until\": 1e99}"
            })
    void whatCannotBeReadAllowsNothing(String stored) {
        assertThat(Limits.of(stored).isOver(Instant.EPOCH)).isTrue();
    }

    @Test
    void withoutLimitsEverythingIsAllowed() {
        assertThat(Limits.NONE.allowGroups(Set.of())).isTrue();
        assertThat(Limits.NONE.allowResource("https://b.example/mcp")).isTrue();
        assertThat(Limits.NONE.allowScope("any")).isTrue();
        assertThat(Limits.NONE.isOver(Instant.MAX)).isFalse();
    }

    @Test
    void aLimitAllowsWhatItNames() {
        assertThat(ALL.allowGroups(Set.of("g2", "g3"))).isTrue();
        assertThat(ALL.allowGroups(Set.of("g3"))).isFalse();
        assertThat(ALL.allowGroups(Set.of())).isFalse();
        assertThat(ALL.allowResource("https://a.example/mcp")).isTrue();
        assertThat(ALL.allowResource("https://a.example/mcp/")).isFalse();
        assertThat(ALL.allowScope("mcp:tools")).isTrue();
        assertThat(ALL.allowScope("mcp:admin")).isFalse();
    }

    @Test
    void endsAtItsDate() {
        assertThat(ALL.isOver(END.minusMillis(1))).isFalse();
        assertThat(ALL.isOver(END)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "openid mcp:tools,openid mcp:tools",
        "openid mcp:admin mcp:tools,openid mcp:tools",
        "mcp:admin,''",
        "' profile  mcp:admin ',profile",
        "offline_access,''",
        "'',''",
        "mcp:toolsx,''"
    })
    void narrowsAScopeParameter(String asked, String left) {
        assertThat(ALL.narrowed(asked, Set.of("profile"))).isEqualTo(left);
    }

    @Test
    void narrowsNothingWithoutAScopeLimit() {
        assertThat(Limits.NONE.narrowed("a b", Set.of())).isEqualTo("a b");
    }
}
