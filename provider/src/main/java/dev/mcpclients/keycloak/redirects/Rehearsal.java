package dev.mcpclients.keycloak.redirects;

import dev.mcpclients.keycloak.registry.Allowances;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker.AuthorizationCheckException;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequestParserProcessor;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequestParserProcessor.EndpointType;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.util.TokenUtil;

/**
 * Runs the checks of Keycloak's authorization endpoint (26.7, {@code AuthorizationEndpoint.process}) before the endpoint does: the same
 * code in the same order, so that whatever the endpoint would redirect is found. All of it can be run twice; pushed requests are taken
 * out of their store only when a login ends.
 */
final class Rehearsal {

    private static final String SHOWN = "error_shown";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel client;
    private final MultivaluedMap<String, String> parameters;
    private final EventBuilder event;

    Rehearsal(KeycloakSession session, ClientModel client, MultivaluedMap<String, String> parameters) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.client = client;
        this.parameters = parameters;
        this.event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(client)
                .detail("mcp_software", client.getAttribute(ClientAttributes.SOFTWARE))
                .detail("mcp_state", ClientAttributes.stateOf(client).wire())
                .detail("mcp_outcome", SHOWN);
    }

    /**
     * What the endpoint would tell the client by a redirect that must not happen; empty where it may, or where there is nothing to tell.
     * What the endpoint itself answers with a page ends here with that page.
     */
    Optional<ClientError> refusal() {
        Vouching vouching = new Vouching(session);
        if (vouching.isVouchedFor(client)) {
            return Optional.empty();
        }
        AuthorizationEndpointRequest request = AuthorizationEndpointRequestParserProcessor.parseRequest(
                event, session, client, parameters, EndpointType.OIDC_AUTH_ENDPOINT);
        AuthorizationEndpointChecker checker = new AuthorizationEndpointChecker()
                .event(event)
                .client(client)
                .realm(realm)
                .request(request)
                .session(session)
                .params(parameters);
        requireRedirectUri(checker);
        return vouching.isVouchedFor(client, checker.getRedirectUri()) ? Optional.empty() : refused(checker, request);
    }

    /** What Keycloak would tell the client because a policy of the realm refuses. */
    ClientError refusedByPolicy(AuthorizationRequestContext context, ClientPolicyException refused) {
        AuthorizationEndpointRequest request = context.getAuthorizationEndpointRequest();
        event.detail(Details.REDIRECT_URI, context.getRedirectUri())
                .detail(Details.REASON, Details.CLIENT_POLICY_ERROR)
                .detail(Details.CLIENT_POLICY_ERROR, refused.getError())
                .detail(Details.CLIENT_POLICY_ERROR_DETAIL, refused.getErrorDetail())
                .error(refused.getError());
        return new ClientError(
                context.getRedirectUri(),
                OIDCResponseMode.parse(request.getResponseMode(), context.getParsedResponseType()),
                request.getState(),
                refused.getError(),
                refused.getErrorDetail(),
                request.getUiLocales());
    }

    private static void requireRedirectUri(AuthorizationEndpointChecker checker) {
        try {
            checker.checkRedirectUri();
        } catch (AuthorizationCheckException unusable) {
            checker.throwAsErrorPageException(null, unusable);
        }
    }

    private Optional<ClientError> refused(AuthorizationEndpointChecker checker, AuthorizationEndpointRequest request) {
        try {
            checker.checkResponseType();
        } catch (AuthorizationCheckException refused) {
            return Optional.of(error(checker, request, modeAfter(checker, request, refused), refused));
        }
        try {
            checker.checkParRequired();
            checker.checkInvalidRequestMessage();
            checker.checkAuthorizationDetails();
            checker.checkOIDCRequest();
            checker.checkValidScope();
            checker.checkValidResource();
            checker.checkOIDCParams();
            checker.checkPKCEParams();
            checker.checkProviderAddOns();
        } catch (AuthorizationCheckException refused) {
            return Optional.of(error(checker, request, checker.getParsedResponseMode(), refused));
        }
        return silent(checker, request);
    }

    private static OIDCResponseMode modeAfter(
            AuthorizationEndpointChecker checker,
            AuthorizationEndpointRequest request,
            AuthorizationCheckException refused) {
        if (checker.isInvalidResponseType(refused)) {
            return OIDCResponseMode.parseWhenInvalidResponseType(request.getResponseMode());
        }
        @Nullable OIDCResponseMode parsed = checker.getParsedResponseMode();
        return parsed == null ? OIDCResponseMode.QUERY : parsed;
    }

    private static ClientError error(
            AuthorizationEndpointChecker checker,
            AuthorizationEndpointRequest request,
            OIDCResponseMode mode,
            AuthorizationCheckException refused) {
        return new ClientError(
                checker.getRedirectUri(),
                mode,
                request.getState(),
                refused.getError(),
                refused.getErrorDescription(),
                request.getUiLocales());
    }

    /**
     * {@code prompt=none} (OpenID Connect Core section 3.1.2.1) ends in a redirect whatever happens. Whether it ends well is only known
     * at its end, so it goes on for a user who has allowed this client at this redirect URI before, and for nobody else.
     */
    private Optional<ClientError> silent(AuthorizationEndpointChecker checker, AuthorizationEndpointRequest request) {
        if (!TokenUtil.hasPrompt(request.getPrompt(), OIDCLoginProtocol.PROMPT_VALUE_NONE)) {
            return Optional.empty();
        }
        @Nullable AuthResult visitor = AuthenticationManager.authenticateIdentityCookie(session, realm, true);
        if (visitor != null && new Allowances(session).knows(visitor.user(), client, checker.getRedirectUri())) {
            return Optional.empty();
        }
        String error = visitor == null ? OAuthErrorException.LOGIN_REQUIRED : OAuthErrorException.INTERACTION_REQUIRED;
        event.error(error);
        return Optional.of(new ClientError(
                checker.getRedirectUri(),
                checker.getParsedResponseMode(),
                request.getState(),
                error,
                null,
                request.getUiLocales()));
    }
}
