package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.Allowances;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Membership;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareState;
import dev.mcpclients.keycloak.resource.Authorization;
import dev.mcpclients.keycloak.resource.McpServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.rar.AuthorizationDetails;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * One authorization request of a client of ours, as it stands at the gate.
 *
 * @param state what the client carries and the registry confirms
 * @param destination where the code goes
 * @param evidence how well we know who receives it
 * @param catalogue the known clients of the realm
 * @param target the MCP server it is for
 * @param longestWait how long a login may wait for an approver
 * @param scopes what Keycloak would ask consent for, the client itself included
 */
record GateRequest(
        ClientModel client,
        UserModel user,
        SoftwareState state,
        Situation situation,
        Destination destination,
        Evidence evidence,
        Catalogue catalogue,
        Target target,
        List<AuthorizationDetails> scopes,
        Authorization authorization,
        Duration longestWait) {

    static GateRequest of(RequiredActionContext context) {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        ClientModel client = authSession.getClient();
        RegistrationSettings settings = RegistrationSettings.of(context.getRealm(), client);
        Target target = new Targets(context.getSession()).of(authSession, settings);
        Destination destination = Destination.of(authSession.getRedirectUri());
        List<AuthorizationDetails> scopes = AuthenticationManager.getClientScopeModelStream(
                        context.getSession(), client)
                .toList();
        SoftwareState state = new SoftwareRegistry(context.getSession()).stateOf(context.getRealm(), client);
        return new GateRequest(
                client,
                context.getUser(),
                state,
                Situation.of(
                                state,
                                target,
                                authSession.getClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM),
                                authSession.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_PARAM),
                                authSession.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_METHOD_PARAM))
                        .within(mayUse(context, client)),
                destination,
                destination.evidence(settings.catalogue()),
                settings.catalogue(),
                target,
                scopes,
                authorization(context, authSession, target, scopes),
                settings.waiting());
    }

    private static boolean mayUse(RequiredActionContext context, ClientModel client) {
        Limits limits = ClientAttributes.limitsOf(client);
        return limits.groups().isEmpty() || limits.allowGroups(Membership.of(context.getUser()));
    }

    private static Authorization authorization(
            RequiredActionContext context,
            AuthenticationSessionModel authSession,
            Target target,
            List<AuthorizationDetails> scopes) {
        @Nullable McpServer server = target instanceof Target.Server found ? found.server() : null;
        return new Authorization(
                context.getUser().getId(),
                authSession.getRedirectUri(),
                authSession.getClientNote(OIDCLoginProtocol.REDIRECT_URI_PARAM),
                authSession.getClientNote(OAuth2Constants.RESOURCE),
                server == null ? null : server.url().toString(),
                server == null ? null : server.clientUuid(),
                orEmpty(authSession.getClientNote(OAuth2Constants.SCOPE)),
                scopes.stream()
                        .map(AuthorizationDetails::getClientScope)
                        .filter(scope -> !(scope instanceof ClientModel))
                        .map(ClientScopeModel::getName)
                        .collect(Collectors.toSet()));
    }

    Optional<McpServer> server() {
        return target instanceof Target.Server found ? Optional.of(found.server()) : Optional.empty();
    }

    String software() {
        return client.getAttribute(ClientAttributes.SOFTWARE);
    }

    /** What a permission of the user would be for. */
    Allowances.Subject subject() {
        String uri = authorization.redirectUri();
        return new Allowances.Subject(
                software(),
                destination.isThisComputer()
                        ? destination.uri().map(RedirectUri::canonical).orElse(uri)
                        : uri,
                authorization.resource(),
                evidence,
                Introduction.imitated(client, destination, catalogue).orElse(null));
    }

    /**
     * Whether one party only can receive the code, so that a decision may be remembered. RFC 8252 section 8.6: a server SHOULD NOT
     * process requests without user interaction where the identity of the client cannot be assured.
     */
    boolean mayBeRemembered() {
        return evidence != Evidence.NONE;
    }

    /** Whether errors may go to the redirect URI without a click. */
    boolean mayRedirectErrors() {
        return SilentErrors.mayGoTo(client, () -> state, destination, evidence);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
