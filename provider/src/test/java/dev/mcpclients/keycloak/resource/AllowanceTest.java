package dev.mcpclients.keycloak.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.resource.Allowance.Redeemed;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowanceTest {

    private static final String URL = "https://mcp.example.com/mcp";
    private static final Authorization ASKED = new Authorization(
            "alice",
            "http://localhost:1/cb",
            "http://localhost:1/cb",
            URL,
            URL,
            "uuid",
            "a b",
            Set.of("basic", "a", "b"));
    private static final Allowance ALLOWANCE = new Allowance(ASKED);

    @Test
    void comesBackAsItWasWritten() {
        assertThat(Allowance.read(ALLOWANCE.written())).contains(ALLOWANCE);
        Allowance bare = new Allowance(new Authorization("u", "x:/cb", null, null, null, null, "", Set.of()));
        assertThat(Allowance.read(bare.written())).contains(bare);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "null", "{}", "[]", "{\"authorization\":{}}", "approved"})
    void readsNothingFromAnotherText(String note) {
        assertThat(Allowance.read(note)).isEmpty();
    }

    @Test
    void coversItsOwnAuthorization() {
        assertThat(ALLOWANCE.covers(ASKED)).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void coversNoOtherAuthorization(Authorization other) {
        assertThat(ALLOWANCE.covers(other)).isFalse();
    }

    static Stream<Authorization> coversNoOtherAuthorization() {
        String uri = "http://localhost:1/cb";
        Set<String> scopes = Set.of("basic", "a", "b");
        return Stream.of(
                new Authorization("bob", uri, uri, URL, URL, "uuid", "a b", scopes),
                new Authorization("alice", "http://localhost:2/cb", uri, URL, URL, "uuid", "a b", scopes),
                new Authorization("alice", uri, null, URL, URL, "uuid", "a b", scopes),
                new Authorization("alice", uri, uri, null, URL, "uuid", "a b", scopes),
                new Authorization("alice", uri, uri, URL, URL + "2", "uuid", "a b", scopes),
                new Authorization("alice", uri, uri, URL, URL, "uuid2", "a b", scopes),
                new Authorization("alice", uri, uri, URL, URL, "uuid", "a b c", scopes),
                new Authorization("alice", uri, uri, URL, URL, "uuid", "a b", Set.of("basic", "a", "b", "c")));
    }

    @Test
    void coversItsCodeAlsoWhereAScopeIsGone() {
        assertThat(ALLOWANCE.covers(new Redeemed("alice", "http://localhost:1/cb", URL, "a b", ASKED.scopes())))
                .isTrue();
        assertThat(ALLOWANCE.covers(new Redeemed("alice", "http://localhost:1/cb", URL, "a b", Set.of("a"))))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void coversNoOtherCode(Redeemed code) {
        assertThat(ALLOWANCE.covers(code)).isFalse();
    }

    static Stream<Redeemed> coversNoOtherCode() {
        String uri = "http://localhost:1/cb";
        return Stream.of(
                new Redeemed("bob", uri, URL, "a b", Set.of("a")),
                new Redeemed("alice", "http://localhost:2/cb", URL, "a b", Set.of("a")),
                new Redeemed("alice", null, URL, "a b", Set.of("a")),
                new Redeemed("alice", uri, URL + "/", "a b", Set.of("a")),
                new Redeemed("alice", uri, null, "a b", Set.of("a")),
                new Redeemed("alice", uri, URL, "a", Set.of("a")),
                new Redeemed("alice", uri, URL, "a b", Set.of("a", "c")));
    }
}
