package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.AuthMethod;
import dev.mcpclients.keycloak.metadata.RefusalRule;
import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.registry.Door;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisteredContext;
import org.keycloak.services.clientregistration.AbstractClientRegistrationContext;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.ClientRegistrationTokenUtils;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyException;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyManager;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * Everything else that the realm has a say in: the caller's token, its registration policies and its client policies. Their
 * refusals become ours, in the words of RFC 7591; which policy it was stands in the event alone.
 */
final class RealmPolicies {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientRegistrationProvider provider;
    private final ClientRegistrationAuth auth;
    private final Caller caller;
    private @Nullable ClientRegistrationContext context;

    RealmPolicies(KeycloakSession session, RealmModel realm, ClientRegistrationProvider provider, Caller caller) {
        this.session = session;
        this.realm = realm;
        this.provider = provider;
        this.auth = provider.getAuth();
        this.caller = caller;
    }

    /** Asks before a client is made or handed out; empty where nobody objects. */
    Optional<Outcome.Refused> before(Registration registration) {
        ClientRegistrationContext asked =
                new AbstractClientRegistrationContext(session, representation(registration), provider) {};
        context = asked;
        try {
            return caller.fixedToken() == null ? keycloakAuthentication(asked) : fixedToken(asked);
        } catch (ErrorResponseException refusal) {
            return Optional.of(translated(refusal));
        }
    }

    private Optional<Outcome.Refused> keycloakAuthentication(ClientRegistrationContext asked) {
        RegistrationAuth reached = auth.requireCreate(asked);
        // Keycloak takes a registration access token here for an anonymous caller; it opens no door of ours.
        boolean asClaimed = reached == caller.registrationAuth();
        return asClaimed
                ? Optional.empty()
                : Optional.of(Outcome.Refused.of(RefusalRule.INITIAL_ACCESS_TOKEN_REQUIRED));
    }

    private Optional<Outcome.Refused> fixedToken(ClientRegistrationContext asked) {
        provider.getEvent().detail("mcp_initial_access_token", caller.fixedToken());
        try {
            session.clientPolicy().triggerOnEvent(new DynamicClientRegisterContext(asked, null, realm));
            ClientRegistrationPolicyManager.triggerBeforeRegister(asked, RegistrationAuth.AUTHENTICATED);
            return Optional.empty();
        } catch (ClientRegistrationPolicyException refusal) {
            return Optional.of(Outcome.Refused.of(RefusalRule.POLICY));
        } catch (ClientPolicyException refusal) {
            return Optional.of(refused(refusal));
        }
    }

    /** Tells policies that the client is made, and counts down the initial access token. */
    Optional<Outcome.Refused> after(ClientModel client) {
        ClientRegistrationContext asked = Objects.requireNonNull(context, "before() comes first");
        session.getContext().setClient(client);
        try {
            session.clientPolicy()
                    .triggerOnEvent(new DynamicClientRegisteredContext(asked, client, auth.getJwt(), realm));
            ClientRegistrationPolicyManager.triggerAfterRegister(asked, caller.registrationAuth(), client);
        } catch (ClientPolicyException refusal) {
            return Optional.of(refused(refusal));
        }
        if (caller.fixedToken() == null && auth.isInitialAccessToken()) {
            session.realms().decreaseRemainingCount(realm, auth.getInitialAccessModel());
        }
        return Optional.empty();
    }

    /** A registration access token for an own client (RFC 7592 section 3). */
    String registrationAccessToken(ClientModel client) {
        return ClientRegistrationTokenUtils.updateRegistrationAccessToken(
                session, client, caller.registrationAuth(), List.of());
    }

    private Outcome.Refused refused(ClientPolicyException refusal) {
        provider.getEvent()
                .detail(Details.CLIENT_POLICY_ERROR, refusal.getError())
                .detail(Details.CLIENT_POLICY_ERROR_DETAIL, refusal.getErrorDetail());
        return Outcome.Refused.of(RefusalRule.POLICY);
    }

    private Outcome.Refused translated(ErrorResponseException refusal) {
        if (OAuthErrorException.INVALID_TOKEN.equals(refusal.getError())) {
            return Outcome.Refused.of(RefusalRule.INITIAL_ACCESS_TOKEN_REQUIRED);
        }
        boolean token = caller.door() == Door.AUTHENTICATED && "Forbidden".equals(refusal.getErrorDescription());
        return Outcome.Refused.of(token ? RefusalRule.TOKEN_WITHOUT_ROLE : RefusalRule.POLICY);
    }

    private static ClientRepresentation representation(Registration registration) {
        ClientRepresentation client = new ClientRepresentation();
        client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        client.setName(registration.name());
        client.setRedirectUris(registration.redirectUris().stream()
                .flatMap(uri -> uri.registered().stream())
                .toList());
        client.setPublicClient(registration.authMethod() == AuthMethod.NONE);
        client.setBearerOnly(false);
        client.setStandardFlowEnabled(true);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setConsentRequired(true);
        client.setFullScopeAllowed(false);
        return client;
    }
}
