package dev.mcpclients.keycloak.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.mcpclients.keycloak.metadata.Claims;
import java.util.Optional;

/** What registrants of one software claimed: the first, and the newest few that differ. */
final class ClaimsLog {

    private static final int MAX = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    static String first(Claims claims) {
        return JSON.createArrayNode().add(claims.toJson()).toString();
    }

    /** The log with these claims added, empty where it holds them already: then nothing needs writing. */
    static Optional<String> added(String log, Claims claims) {
        ArrayNode entries = read(log);
        JsonNode entry = claims.toJson();
        for (JsonNode before : entries) {
            if (before.equals(entry)) {
                return Optional.empty();
            }
        }
        if (entries.size() == MAX) {
            // The first registrant's claims stay, the oldest of the others make room.
            entries.remove(1);
        }
        return Optional.of(entries.add(entry).toString());
    }

    private static ArrayNode read(String log) {
        try {
            return JSON.readTree(log) instanceof ArrayNode entries ? entries : JSON.createArrayNode();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims of software are not JSON", e);
        }
    }

    private ClaimsLog() {}
}
