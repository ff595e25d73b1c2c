package dev.mcpclients.keycloak.registration;

import static org.keycloak.protocol.oidc.OIDCConfigAttributes.JWKS_STRING;
import static org.keycloak.protocol.oidc.OIDCConfigAttributes.JWKS_URL;
import static org.keycloak.protocol.oidc.OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD;
import static org.keycloak.protocol.oidc.OIDCConfigAttributes.POST_LOGOUT_REDIRECT_URIS;
import static org.keycloak.protocol.oidc.OIDCConfigAttributes.USE_JWKS_STRING;
import static org.keycloak.protocol.oidc.OIDCConfigAttributes.USE_JWKS_URL;

import dev.mcpclients.keycloak.metadata.AuthMethod;
import dev.mcpclients.keycloak.metadata.RedirectKind;
import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Software;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.ClientEntity;
import org.keycloak.models.jpa.entities.ClientScopeClientMappingEntity;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** Makes Keycloak clients from accepted registrations: the members of the fingerprint, a fixed template, and nothing else. */
final class ClientTemplate {

    /** Own-client members by the client attribute that Keycloak keeps them in. */
    private static final Map<String, String> OWN_ATTRIBUTES = Map.of(
            "token_endpoint_auth_signing_alg", "token.endpoint.auth.signing.alg",
            "id_token_signed_response_alg", "id.token.signed.response.alg",
            "dpop_bound_access_tokens", "dpop.bound.access.tokens",
            "require_pushed_authorization_requests", "require.pushed.authorization.requests");

    /** How Keycloak writes an empty list of addresses after logout. */
    private static final String NOWHERE = "-";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final OfferedScopes scopes;

    ClientTemplate(KeycloakSession session, RealmModel realm, OfferedScopes scopes) {
        this.session = session;
        this.realm = realm;
        this.scopes = scopes;
    }

    /** Makes the client of the software; the shared one, or one that only its registrant uses. */
    ClientModel create(String clientId, Software software, Registration registration, boolean shared) {
        ClientModel client = realm.addClient(clientId);
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        // Not ClientModel.setProtocol: it attaches every default and optional scope of the realm (Keycloak 26.7,
        // AbstractLoginProtocolFactory), of which a dynamic client may use a few; that is a third of a registration's
        // cost.
        em.find(ClientEntity.class, client.getId()).setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        apply(client, registration);
        if (shared) {
            client.setAttribute(ClientAttributes.SHARED, "true");
        }
        ClientAttributes.carry(client, software);
        em.flush();
        // Not ClientModel.addClientScopes: it reads the client's scopes twice per call.
        scopes.defaults().forEach(scope -> attach(em, client, scope.getId(), true));
        scopes.optionals().forEach(scope -> attach(em, client, scope.getId(), false));
        em.flush();
        return client;
    }

    private static void attach(EntityManager em, ClientModel client, String scopeId, boolean isDefault) {
        ClientScopeClientMappingEntity mapping = new ClientScopeClientMappingEntity();
        mapping.setClientId(client.getId());
        mapping.setClientScopeId(scopeId);
        mapping.setDefaultScope(isDefault);
        em.persist(mapping);
    }

    /** Brings a client to what its registration says; also after an update, so that nothing older stays. */
    void apply(ClientModel client, Registration registration) {
        client.setName(registration.name());
        client.setRedirectUris(registration.redirectUris().stream()
                .flatMap(uri -> uri.registered().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
        authenticate(client, registration);
        OWN_ATTRIBUTES.forEach((member, attribute) ->
                client.setAttribute(attribute, registration.ownMembers().get(member)));
        harden(client);
        keepFromRedirectingAfterLogout(client, registration);
    }

    /**
     * Keycloak 26.7 sends a visitor without a session from its logout endpoint to any redirect URI of a client at once, unless the client
     * has its own list of such addresses. One attribute less for software on the user's computer, which is most of all.
     */
    private static void keepFromRedirectingAfterLogout(ClientModel client, Registration registration) {
        boolean leavesTheComputer =
                registration.redirectUris().stream().anyMatch(uri -> uri.kind() == RedirectKind.HTTPS);
        if (leavesTheComputer && client.getAttribute(POST_LOGOUT_REDIRECT_URIS) == null) {
            client.setAttribute(POST_LOGOUT_REDIRECT_URIS, NOWHERE);
        }
    }

    /** A public client has an authenticator too, as those of the admin console: without one Keycloak warns at every token request. */
    private static void authenticate(ClientModel client, Registration registration) {
        client.setPublicClient(registration.authMethod() == AuthMethod.NONE);
        client.setClientAuthenticatorType(
                registration.authMethod() == AuthMethod.PRIVATE_KEY_JWT
                        ? JWTClientAuthenticator.PROVIDER_ID
                        : ClientIdAndSecretAuthenticator.PROVIDER_ID);
        switch (registration.authMethod()) {
            case NONE -> client.setSecret(null);
            case CLIENT_SECRET_BASIC, CLIENT_SECRET_POST -> {
                if (client.getSecret() == null) {
                    KeycloakModelUtils.generateSecret(client);
                }
            }
            case PRIVATE_KEY_JWT -> {
                client.setSecret(null);
                keys(client, registration);
            }
        }
    }

    private static void keys(ClientModel client, Registration registration) {
        boolean byUrl = registration.jwksUri() != null;
        client.setAttribute(USE_JWKS_URL, Boolean.toString(byUrl));
        client.setAttribute(USE_JWKS_STRING, Boolean.toString(!byUrl));
        if (byUrl) {
            client.setAttribute(JWKS_URL, registration.jwksUri());
            client.removeAttribute(JWKS_STRING);
        } else {
            client.removeAttribute(JWKS_URL);
            client.setAttribute(JWKS_STRING, String.valueOf(registration.jwks()));
        }
    }

    /**
     * What every client of ours is, whatever it asked for: code and refresh only, PKCE with S256 (OAuth 2.1 section 7.5.2),
     * consent, no service account, no full scope.
     */
    static void harden(ClientModel client) {
        client.setStandardFlowEnabled(true);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setBearerOnly(false);
        client.setConsentRequired(true);
        client.setFullScopeAllowed(false);
        client.setAttribute(PKCE_CODE_CHALLENGE_METHOD, OAuth2Constants.PKCE_METHOD_S256);
    }
}
