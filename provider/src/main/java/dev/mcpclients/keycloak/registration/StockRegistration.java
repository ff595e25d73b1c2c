package dev.mcpclients.keycloak.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.metadata.Registration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.util.JsonSerialization;

/** A registration or update that came through a door of Keycloak's own: read as metadata, and cut down to what may be stored. */
final class StockRegistration {

    /** Attributes that an own client may bring along; everything else that a door lets through is left out. */
    private static final Set<String> TAKEN_ATTRIBUTES = Set.of(
            OIDCConfigAttributes.JWKS_URL,
            OIDCConfigAttributes.JWKS_STRING,
            OIDCConfigAttributes.USE_JWKS_URL,
            OIDCConfigAttributes.USE_JWKS_STRING,
            "token.endpoint.auth.signing.alg",
            "id.token.signed.response.alg",
            "dpop.bound.access.tokens",
            "require.pushed.authorization.requests",
            "client.secret.creation.time",
            "client.secret.expiration.time");

    private final ClientRepresentation client;

    StockRegistration(ClientRepresentation client) {
        this.client = client;
    }

    boolean isOpenIdConnect() {
        return client.getProtocol() == null || OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol());
    }

    /** The same as a registration request at our endpoint. */
    ObjectNode metadata() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (client.getName() != null) {
            json.put("client_name", client.getName());
        }
        ArrayNode redirectUris = json.putArray("redirect_uris");
        if (client.getRedirectUris() != null) {
            client.getRedirectUris().forEach(redirectUris::add);
        }
        grantTypes().forEach(json.putArray("grant_types")::add);
        json.put("token_endpoint_auth_method", authMethod());
        keys(json);
        return json;
    }

    private List<String> grantTypes() {
        List<String> grants = new ArrayList<>();
        if (!Boolean.FALSE.equals(client.isStandardFlowEnabled())) {
            grants.add(OAuth2Constants.AUTHORIZATION_CODE);
            grants.add(OAuth2Constants.REFRESH_TOKEN);
        }
        if (Boolean.TRUE.equals(client.isImplicitFlowEnabled())) {
            grants.add(OAuth2Constants.IMPLICIT);
        }
        if (Boolean.TRUE.equals(client.isDirectAccessGrantsEnabled())) {
            grants.add(OAuth2Constants.PASSWORD);
        }
        if (Boolean.TRUE.equals(client.isServiceAccountsEnabled())) {
            grants.add(OAuth2Constants.CLIENT_CREDENTIALS);
        }
        return grants;
    }

    private String authMethod() {
        if (Boolean.TRUE.equals(client.isPublicClient())) {
            return "none";
        }
        return JWTClientAuthenticator.PROVIDER_ID.equals(client.getClientAuthenticatorType())
                ? "private_key_jwt"
                : "client_secret_basic";
    }

    private void keys(ObjectNode json) {
        String url = attribute(OIDCConfigAttributes.JWKS_URL);
        String keys = attribute(OIDCConfigAttributes.JWKS_STRING);
        if (url != null) {
            json.put("jwks_uri", url);
        } else if (keys != null) {
            try {
                json.set("jwks", JsonSerialization.mapper.readTree(keys));
            } catch (JsonProcessingException notJson) {
                json.put("jwks", keys);
            }
        }
    }

    private @Nullable String attribute(String name) {
        return client.getAttributes() == null ? null : client.getAttributes().get(name);
    }

    /** Leaves of the representation what our endpoint would store. */
    @SuppressWarnings("deprecation") // Default roles and direct grants only still pass through Keycloak's doors (26.7).
    void cutDownTo(Registration registration, OfferedScopes scopes) {
        // Null leaves what is there: the time before which tokens ended is not the client's to say.
        client.setNotBefore(null);
        client.setEnabled(null);
        client.setId(null);
        client.setType(null);
        client.setRegisteredNodes(null);
        client.setNodeReRegistrationTimeout(null);
        client.setSurrogateAuthRequired(null);
        client.setFrontchannelLogout(null);
        client.setAlwaysDisplayInConsole(null);
        client.setDirectGrantsOnly(null);
        client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        client.setName(registration.name());
        client.setDescription(null);
        client.setRedirectUris(registration.redirectUris().stream()
                .flatMap(uri -> uri.registered().stream())
                .toList());
        client.setWebOrigins(List.of());
        client.setRootUrl(null);
        client.setBaseUrl(null);
        client.setAdminUrl(null);
        client.setProtocolMappers(null);
        client.setDefaultRoles((String[]) null);
        client.setAuthorizationServicesEnabled(null);
        client.setAuthorizationSettings(null);
        client.setAuthenticationFlowBindingOverrides(null);
        client.setBearerOnly(false);
        client.setStandardFlowEnabled(true);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setConsentRequired(true);
        client.setFullScopeAllowed(false);
        client.setAttributes(takenAttributes());
        client.setDefaultClientScopes(names(scopes.defaults()));
        client.setOptionalClientScopes(names(scopes.optionals()));
    }

    private Map<String, String> takenAttributes() {
        Map<String, String> taken = new HashMap<>();
        if (client.getAttributes() != null) {
            client.getAttributes().forEach((name, value) -> {
                if (TAKEN_ATTRIBUTES.contains(name)) {
                    taken.put(name, value);
                }
            });
        }
        return taken;
    }

    private static List<String> names(List<ClientScopeModel> scopes) {
        return scopes.stream().map(ClientScopeModel::getName).toList();
    }
}
