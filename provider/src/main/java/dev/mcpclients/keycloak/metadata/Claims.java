package dev.mcpclients.keycloak.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one registrant says about its software beyond the fingerprint: harmless text to show, which nothing may rest on. The
 * links are http or https, and are shown, not followed.
 *
 * @param clientName the whole name, also where the catalogue takes a suffix off
 */
public record Claims(
        @Nullable String clientName,
        @Nullable String clientUri,
        List<String> contacts,
        @Nullable String softwareId,
        @Nullable String softwareVersion,
        @Nullable String applicationType,
        @Nullable String tosUri,
        @Nullable String policyUri) {

    public Claims {
        contacts = List.copyOf(contacts);
    }

    /** As JSON, under the member names of RFC 7591; absent members are left out. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "client_name", clientName);
        put(json, "client_uri", clientUri);
        if (!contacts.isEmpty()) {
            contacts.forEach(json.putArray("contacts")::add);
        }
        put(json, "software_id", softwareId);
        put(json, "software_version", softwareVersion);
        put(json, "application_type", applicationType);
        put(json, "tos_uri", tosUri);
        put(json, "policy_uri", policyUri);
        return json;
    }

    /** Reads what {@link #toJson()} wrote. */
    public static Claims fromJson(JsonNode json) {
        List<String> contacts = new ArrayList<>();
        json.path("contacts").forEach(contact -> contacts.add(contact.asText()));
        return new Claims(
                text(json, "client_name"),
                text(json, "client_uri"),
                contacts,
                text(json, "software_id"),
                text(json, "software_version"),
                text(json, "application_type"),
                text(json, "tos_uri"),
                text(json, "policy_uri"));
    }

    private static void put(ObjectNode json, String member, @Nullable String value) {
        if (value != null) {
            json.put(member, value);
        }
    }

    private static @Nullable String text(JsonNode json, String member) {
        return json.path(member).asText(null);
    }
}
