package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Keycloak's admin REST API as the bootstrap admin.
 *
 * <p>Paths are relative to {@code /admin/realms}: {@code ""} for the list of realms, {@code "/demo/users"} for its users.
 */
public final class AdminApi {

    static final String USER = "admin";
    static final String PASSWORD = "admin";

    /** The master realm's access tokens live a minute. */
    private static final Duration TOKEN_USE = Duration.ofSeconds(30);

    private final URI server;
    private String token = "";
    private Instant tokenEnd = Instant.EPOCH;

    AdminApi(URI server) {
        this.server = server;
    }

    public JsonNode get(String path) {
        return send("GET", path, "").expect(200).json();
    }

    /** Creates something and returns its id, the last segment of the {@code Location}; empty where there is none. */
    public String create(String path, JsonNode body) {
        HttpAnswer answer = send("POST", path, body.toString()).expect(201);
        return answer.header("Location")
                .map(location -> location.substring(location.lastIndexOf('/') + 1))
                .orElse("");
    }

    public void put(String path, JsonNode body) {
        send("PUT", path, body.toString()).expect(204);
    }

    public void delete(String path) {
        send("DELETE", path, "").expect(204);
    }

    /** Any call, whatever its outcome; more headers are given as name, value, name, value. */
    public HttpAnswer send(String method, String path, String body, String... more) {
        String[] headers = Stream.concat(Stream.of("Authorization", "Bearer " + token()), Stream.of(more))
                .toArray(String[]::new);
        return Http.send(method, server.resolve("/admin/realms" + path), body, headers);
    }

    /** The master realm's information about the server: version, providers, themes. */
    public JsonNode serverInfo() {
        return Http.get(server.resolve("/admin/serverinfo"), "Authorization", "Bearer " + token())
                .expect(200)
                .json();
    }

    private synchronized String token() {
        if (Instant.now().isAfter(tokenEnd)) {
            tokenEnd = Instant.now().plus(TOKEN_USE);
            token = Http.postForm(
                            server.resolve("/realms/master/protocol/openid-connect/token"),
                            Map.of(
                                    "grant_type",
                                    "password",
                                    "client_id",
                                    "admin-cli",
                                    "username",
                                    USER,
                                    "password",
                                    PASSWORD))
                    .expect(200)
                    .json()
                    .path("access_token")
                    .asText();
        }
        return token;
    }
}
