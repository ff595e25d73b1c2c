package dev.mcpclients.keycloak.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.metadata.AuthMethod;
import dev.mcpclients.keycloak.metadata.Refusal;
import dev.mcpclients.keycloak.metadata.RefusalRule;
import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.metadata.RegistrationRules;
import dev.mcpclients.keycloak.metadata.Verdict;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientregistration.AbstractClientRegistrationContext;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationTokenUtils;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/**
 * Client configuration (RFC 7592) of own clients. A shared client has no registration access token, and nobody changes or
 * removes it here: one registrant decides nothing for the others.
 */
final class OwnClients {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final McpRegistrationProvider provider;
    private final ClientRegistrationAuth auth;

    OwnClients(KeycloakSession session, McpRegistrationProvider provider) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.provider = provider;
        this.auth = provider.getAuth();
    }

    Response read(String clientId) {
        ClientModel client = find(clientId);
        auth.requireView(client);
        ClientModel seen = Objects.requireNonNull(client, "requireView refuses what is not there");
        String token = auth.isRegistrationAccessToken()
                ? ClientRegistrationTokenUtils.updateTokenSignature(session, auth)
                : null;
        provider.getEvent().client(clientId).success();
        return provider.errors().answered(Response.ok(answer(seen, token)));
    }

    Response update(String clientId, JsonNode json) {
        ClientModel client = find(clientId);
        AbstractClientRegistrationContext context =
                new AbstractClientRegistrationContext(session, new ClientRepresentation(), provider) {};
        auth.requireUpdate(context, client);
        ClientModel updated = Objects.requireNonNull(client, "requireUpdate refuses what is not there");
        if (!isOwn(updated)) {
            return provider.errors().refuse(RefusalRule.SHARED_CLIENT);
        }
        // RFC 7592 section 2.2: the request MUST include the client_id, and a client_secret must be the one issued.
        if (!updated.getClientId().equals(json.path("client_id").asText())
                || (json.hasNonNull("client_secret")
                        && !json.get("client_secret").asText().equals(updated.getSecret()))) {
            return provider.errors()
                    .refuse(new Refusal(
                            RefusalRule.CLIENT_CHANGED,
                            "client_id",
                            json.path("client_id").asText()));
        }
        RegistrationSettings settings = RegistrationSettings.at(realm, auth.resolveRegistrationAuth());
        Verdict verdict = new RegistrationRules(settings.rules(), settings.catalogue()).judge(json);
        return verdict instanceof Verdict.Accepted accepted
                ? updated(updated, accepted.registration(), settings)
                : provider.errors().refuse(((Verdict.Refused) verdict).refusal());
    }

    private Response updated(ClientModel client, Registration registration, RegistrationSettings settings) {
        RefusalRule refused = new OwnSoftware(session, realm).move(client, registration, settings);
        if (refused != null) {
            return provider.errors().refuse(refused);
        }
        new ClientTemplate(session, realm, OfferedScopes.NONE).apply(client, registration);
        String token = auth.isRegistrationAccessToken()
                ? ClientRegistrationTokenUtils.updateRegistrationAccessToken(
                        session, client, auth.getRegistrationAuth(), List.of())
                : null;
        provider.getEvent().client(client.getClientId()).success();
        return provider.errors().answered(Response.ok(answer(client, token)));
    }

    Response remove(String clientId) {
        ClientModel client = find(clientId);
        auth.requireDelete(client);
        ClientModel removed = Objects.requireNonNull(client, "requireDelete refuses what is not there");
        if (!isOwn(removed)) {
            return provider.errors().refuse(RefusalRule.SHARED_CLIENT);
        }
        new ClientManager(new RealmManager(session)).removeClient(realm, removed);
        provider.getEvent().client(clientId).success();
        return provider.errors().answered(Response.noContent());
    }

    private @Nullable ClientModel find(String clientId) {
        return realm.getClientByClientId(clientId);
    }

    private static boolean isOwn(ClientModel client) {
        return ClientAttributes.isMcpClient(client) && client.getAttribute(ClientAttributes.SHARED) == null;
    }

    private ObjectNode answer(ClientModel client, @Nullable String registrationAccessToken) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("client_id", client.getClientId());
        answer.put("client_name", client.getName());
        AuthMethod method = authMethod(client);
        if (method == AuthMethod.CLIENT_SECRET_BASIC) {
            answer.put("client_secret", client.getSecret());
            answer.put("client_secret_expires_at", 0);
        }
        client.getRedirectUris().forEach(answer.putArray("redirect_uris")::add);
        answer.putArray("grant_types").add(OAuth2Constants.AUTHORIZATION_CODE).add(OAuth2Constants.REFRESH_TOKEN);
        answer.putArray("response_types").add(OAuth2Constants.CODE);
        answer.put("token_endpoint_auth_method", method.wire());
        answer.put("scope", String.join(" ", OfferedScopes.attachedTo(client)));
        if (registrationAccessToken != null) {
            answer.put("registration_access_token", registrationAccessToken);
            answer.put(
                    "registration_client_uri",
                    provider.configurationUri(client.getClientId()).toString());
        }
        answer.put("mcp_state", ClientAttributes.stateOf(client).wire());
        return answer;
    }

    private static AuthMethod authMethod(ClientModel client) {
        if (client.isPublicClient()) {
            return AuthMethod.NONE;
        }
        return JWTClientAuthenticator.PROVIDER_ID.equals(client.getClientAuthenticatorType())
                ? AuthMethod.PRIVATE_KEY_JWT
                : AuthMethod.CLIENT_SECRET_BASIC;
    }
}
