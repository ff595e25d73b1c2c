package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What a server answered. */
public record HttpAnswer(int status, HttpHeaders headers, String body) {

    /** The body as JSON. */
    public JsonNode json() {
        return Json.parse(body);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** This answer, or a failure that shows it when its status is another one. */
    public HttpAnswer expect(int expected) {
        if (status != expected) {
            throw new AssertionError("Expected status " + expected + " but got " + status + ": " + body);
        }
        return this;
    }
}
