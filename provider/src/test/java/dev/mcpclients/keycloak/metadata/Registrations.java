package dev.mcpclients.keycloak.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mcpclients.keycloak.catalogue.Catalogue;

/** Registrations as the tests write them: JSON with single quotes. */
final class Registrations {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Registrations() {}

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** The members of a registration that is accepted as it is, with others. */
    static String with(String members) {
        return "{'redirect_uris': ['https://app.example/cb'], 'client_name': 'App'"
                + (members.isEmpty() ? "" : ", " + members) + "}";
    }

    static Verdict judge(String json) {
        return judge(json, RuleSettings.defaults());
    }

    static Verdict judge(String json, RuleSettings settings) {
        return new RegistrationRules(settings, Catalogue.builtIn()).judge(read(json));
    }

    static Verdict.Accepted accepted(String json) {
        return accepted(json, RuleSettings.defaults());
    }

    static Verdict.Accepted accepted(String json, RuleSettings settings) {
        Verdict verdict = judge(json, settings);
        if (verdict instanceof Verdict.Accepted accepted) {
            return accepted;
        }
        throw new AssertionError(
                "Refused: " + ((Verdict.Refused) verdict).refusal().description());
    }

    static Refusal refused(String json) {
        return refused(json, RuleSettings.defaults());
    }

    static Refusal refused(String json, RuleSettings settings) {
        Verdict verdict = judge(json, settings);
        if (verdict instanceof Verdict.Refused refused) {
            return refused.refusal();
        }
        throw new AssertionError("Accepted: " + verdict);
    }
}
