package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What a JSON web token says, its signature not looked at. */
public final class Jwt {

    private Jwt() {}

    /** The claims of a token. */
    public static JsonNode claims(String token) {
        return part(token, 1);
    }

    public static JsonNode header(String token) {
        return part(token, 0);
    }

    /** The {@code aud} of a token, which is one value or a list. */
    public static List<String> audience(String token) {
        JsonNode audience = claims(token).path("aud");
        List<String> values = new ArrayList<>();
        if (audience.isTextual()) {
            values.add(audience.asText());
        }
        audience.forEach(value -> values.add(value.asText()));
        return values;
    }

    private static JsonNode part(String token, int index) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new AssertionError("Not a signed JWT: " + token);
        }
        return Json.parse(new String(Base64.getUrlDecoder().decode(parts[index]), StandardCharsets.UTF_8));
    }
}
