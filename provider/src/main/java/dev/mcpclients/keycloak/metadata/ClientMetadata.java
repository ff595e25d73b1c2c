package dev.mcpclients.keycloak.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about itself (RFC 7591 section 2): the members we know, with the right types, nothing judged. An absent
 * member, null and the empty string are the same; so are an absent and an empty list.
 *
 * @param ownMembers the values as text; what is no text, as JSON
 */
public record ClientMetadata(
        List<String> redirectUris,
        @Nullable String clientName,
        @Nullable String authMethod,
        List<String> grantTypes,
        List<String> responseTypes,
        @Nullable String scope,
        @Nullable String applicationType,
        @Nullable String clientUri,
        @Nullable String logoUri,
        @Nullable String tosUri,
        @Nullable String policyUri,
        List<String> contacts,
        @Nullable String softwareId,
        @Nullable String softwareVersion,
        @Nullable String softwareStatement,
        @Nullable String jwksUri,
        @Nullable JsonNode jwks,
        Map<OwnMember, String> ownMembers) {

    public ClientMetadata {
        redirectUris = List.copyOf(redirectUris);
        grantTypes = List.copyOf(grantTypes);
        responseTypes = List.copyOf(responseTypes);
        contacts = List.copyOf(contacts);
        Map<OwnMember, String> inOrder = new EnumMap<>(OwnMember.class);
        inOrder.putAll(ownMembers);
        ownMembers = Collections.unmodifiableMap(inOrder);
    }

    /** Reads metadata; unknown members are left out (RFC 7591 section 2: the server MUST ignore what it does not understand). */
    public static Parsed parse(JsonNode json) {
        return MetadataReader.read(json);
    }
}
