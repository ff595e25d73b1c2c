package dev.mcpclients.keycloak.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.mcpclients.keycloak.metadata.RefusalRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The body of a registration request: JSON (RFC 7591 section 3.1), whatever media type the caller names, and not too large. */
sealed interface RegistrationBody {

    /** Largest body, in bytes. */
    int MAX_BYTES = 64 * 1024;

    record Json(JsonNode json) implements RegistrationBody {}

    record Refused(RefusalRule rule) implements RegistrationBody {}

    static RegistrationBody read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return new Refused(RefusalRule.BODY_TOO_LARGE);
            }
            JsonNode json = Reader.JSON.readTree(bytes);
            return json.isMissingNode() ? new Refused(RefusalRule.NOT_JSON) : new Json(json);
        } catch (JsonProcessingException e) {
            return new Refused(RefusalRule.NOT_JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the reader: an interface has no private fields. */
    final class Reader {
        private static final ObjectReader JSON = new ObjectMapper()
                .reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

        private Reader() {}
    }
}
