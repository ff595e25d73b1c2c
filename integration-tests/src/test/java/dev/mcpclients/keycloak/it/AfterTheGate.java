package dev.mcpclients.keycloak.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.util.Map;

/**
 * Has alice accept terms after the gate, so that something may happen between her decision and the code; taken back when closed.
 * Where her consent is taken back there, Keycloak asks for it on its own page.
 */
final class AfterTheGate implements AutoCloseable {

    private static final String TERMS = "TERMS_AND_CONDITIONS";

    private final TestRealm realm;
    private final String alice;
    private final JsonNode gate;
    private final JsonNode terms;

    AfterTheGate(TestRealm realm) {
        this.realm = realm;
        alice = realm.get("/users?username=alice&exact=true").at("/0/id").asText();
        gate = action("mcp-decision");
        terms = action(TERMS);
        put(((ObjectNode) gate.deepCopy()).put("priority", 1));
        put(((ObjectNode) terms.deepCopy()).put("enabled", true).put("priority", 2));
        JsonNode user = realm.get("/users/" + alice);
        ObjectNode changed = user.deepCopy();
        changed.putArray("requiredActions").add(TERMS);
        realm.put("/users/" + alice, changed);
    }

    /** As she could in the account console in another window. */
    void takeConsentsBack() {
        for (JsonNode consent : realm.get("/users/" + alice + "/consents")) {
            realm.delete("/users/" + alice + "/consents/"
                    + Http.encode(Map.of("c", consent.path("clientId").asText()))
                            .substring(2));
        }
    }

    @Override
    public void close() {
        put(gate);
        put(terms);
        ObjectNode changed = realm.get("/users/" + alice).deepCopy();
        changed.putArray("requiredActions");
        changed.withObject("/attributes").remove("terms_and_conditions");
        realm.put("/users/" + alice, changed);
    }

    private JsonNode action(String alias) {
        return realm.get("/authentication/required-actions/" + alias);
    }

    private void put(JsonNode action) {
        realm.put("/authentication/required-actions/" + action.path("alias").asText(), Json.object(action.toString()));
    }
}
