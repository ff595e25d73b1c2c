package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON to and from text. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }

    /** The text as a JSON object. */
    public static ObjectNode object(String text) {
        if (parse(text) instanceof ObjectNode object) {
            return object;
        }
        throw new AssertionError("Not a JSON object: " + text);
    }

    /** A JSON object of these members; values may be strings, numbers, booleans, lists and maps. */
    public static ObjectNode object(Map<String, ?> members) {
        return MAPPER.valueToTree(members);
    }

    /** An empty JSON object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
