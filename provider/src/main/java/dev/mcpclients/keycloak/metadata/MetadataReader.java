package dev.mcpclients.keycloak.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads client metadata and keeps the first fault it meets. */
final class MetadataReader {
    private final JsonNode json;
    private @Nullable Refusal fault;

    private MetadataReader(JsonNode json) {
        this.json = json;
    }

    static Parsed read(JsonNode json) {
        if (!json.isObject()) {
            return new Parsed.Refused(Refusal.of(RefusalRule.NOT_AN_OBJECT));
        }
        MetadataReader reader = new MetadataReader(json);
        ClientMetadata metadata = reader.metadata();
        return reader.fault == null ? new Parsed.Ok(metadata) : new Parsed.Refused(reader.fault);
    }

    private ClientMetadata metadata() {
        return new ClientMetadata(
                strings("redirect_uris", Limits.REDIRECT_URIS, RefusalRule.TOO_MANY_REDIRECT_URIS),
                string("client_name"),
                string("token_endpoint_auth_method"),
                strings("grant_types", Limits.LIST, RefusalRule.TOO_MANY_VALUES),
                strings("response_types", Limits.LIST, RefusalRule.TOO_MANY_VALUES),
                string("scope"),
                string("application_type"),
                string("client_uri"),
                string("logo_uri"),
                string("tos_uri"),
                string("policy_uri"),
                strings("contacts", Integer.MAX_VALUE, RefusalRule.TOO_MANY_VALUES),
                string("software_id"),
                string("software_version"),
                string("software_statement"),
                string("jwks_uri"),
                object("jwks"),
                ownMembers());
    }

    private @Nullable String string(String member) {
        JsonNode value = json.path(member);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isTextual()) {
            wrongType(member, value);
            return null;
        }
        return value.textValue().isEmpty() ? null : value.textValue();
    }

    private List<String> strings(String member, int max, RefusalRule tooMany) {
        JsonNode value = json.path(member);
        if (isAbsent(value)) {
            return List.of();
        }
        if (!value.isArray()) {
            wrongType(member, value);
            return List.of();
        }
        if (value.size() > max) {
            refuse(tooMany, member, Integer.toString(value.size()));
            return List.of();
        }
        List<String> strings = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                wrongType(member, element);
                return List.of();
            }
            strings.add(element.textValue());
        }
        return strings;
    }

    private @Nullable JsonNode object(String member) {
        JsonNode value = json.path(member);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isObject()) {
            wrongType(member, value);
            return null;
        }
        return value;
    }

    private Map<OwnMember, String> ownMembers() {
        Map<OwnMember, String> members = new EnumMap<>(OwnMember.class);
        for (OwnMember member : OwnMember.values()) {
            JsonNode value = json.path(member.wire());
            if (isAbsent(value)) {
                continue;
            }
            if (member.hasType(value)) {
                members.put(member, value.isValueNode() ? value.asText() : value.toString());
            } else {
                wrongType(member.wire(), value);
            }
        }
        return members;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private void wrongType(String member, JsonNode value) {
        refuse(RefusalRule.WRONG_TYPE, member, value.toString());
    }

    private void refuse(RefusalRule rule, String member, String value) {
        if (fault == null) {
            fault = new Refusal(rule, member, value);
        }
    }
}
