package dev.mcpclients.keycloak.registration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserOriginTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:6274",
                "http://127.0.0.1:3000",
                "http://[::1]:80",
                "https://localhost",
                "http://localhost"
            })
    void takesLoopbackOrigins(String origin) {
        assertThat(BrowserOrigin.isLoopback(origin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "*",
                "http://localhost.evil.example",
                "http://evil.example",
                "http://localhost:6274/",
                "http://localhost/x",
                "http://user@localhost",
                "file://localhost",
                "http://LOCALHOST",
                "http://localhost:80 http://evil.example",
                "localhost:6274"
            })
    void takesNothingElse(String origin) {
        assertThat(BrowserOrigin.isLoopback(origin)).isFalse();
    }
}
