package dev.mcpclients.keycloak.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.catalogue.Evidence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registration as it is stored.
 *
 * @param name the software's name, harmless; a function of the fingerprint
 * @param redirectUris the accepted ones; never empty
 * @param connectionUris those of the redirect URIs that the next connection of the same software will not have: a shared client
 *     that exists already may lack them
 * @param grantTypes those of authorization_code and refresh_token that were asked for
 * @param responseTypes always {@code code}
 * @param scope as sent; shapes the answer only
 * @param evidence the lowest over the redirect URIs
 * @param looksLike the known product that it gives itself out for without being it, null where there is none
 * @param claims what this registrant says about the software: to show, never to trust
 * @param jwksUri only with {@link AuthMethod#PRIVATE_KEY_JWT}
 * @param jwks only with {@link AuthMethod#PRIVATE_KEY_JWT}
 * @param ownMembers members of an own client by their name in metadata (see {@link OwnMember}); empty for a shared one
 */
public record Registration(
        String name,
        List<RedirectUri> redirectUris,
        List<RedirectUri> connectionUris,
        AuthMethod authMethod,
        List<String> grantTypes,
        List<String> responseTypes,
        @Nullable String scope,
        Kind kind,
        Fingerprint fingerprint,
        Evidence evidence,
        @Nullable String looksLike,
        Claims claims,
        @Nullable String jwksUri,
        @Nullable JsonNode jwks,
        Map<String, String> ownMembers) {

    public Registration {
        redirectUris = List.copyOf(redirectUris);
        connectionUris = List.copyOf(connectionUris);
        grantTypes = List.copyOf(grantTypes);
        responseTypes = List.copyOf(responseTypes);
        ownMembers = Map.copyOf(ownMembers);
    }
}
