package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Door;
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
import org.keycloak.services.clientregistration.policy.RegistrationAuth;
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
        RegistrationSettings settings = RegistrationSettings.at(context.getRealm(), door(client));
        Target target = new Targets(context.getSession()).of(authSession, settings);
        Destination destination = Destination.of(authSession.getRedirectUri());
        List<AuthorizationDetails> scopes = AuthenticationManager.getClientScopeModelStream(
                        context.getSession(), client)
                .toList();
        SoftwareState state = state(context, client);
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

    /** What the client carries, where the registry says the same: a client that came by a realm import has no row, and is pending. */
    private static SoftwareState state(RequiredActionContext context, ClientModel client) {
        SoftwareState carried = ClientAttributes.stateOf(client);
        return new SoftwareRegistry(context.getSession())
                .stateOf(context.getRealm(), client.getAttribute(ClientAttributes.SOFTWARE))
                .map(registered -> registered.stricter(carried))
                .orElse(carried.stricter(SoftwareState.PENDING));
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

    /** The settings that hold are those of the door the client came through; anything but a token holder's is the anonymous one. */
    private static RegistrationAuth door(ClientModel client) {
        return Door.AUTHENTICATED.wire().equals(client.getAttribute(ClientAttributes.DOOR))
                ? RegistrationAuth.AUTHENTICATED
                : RegistrationAuth.ANONYMOUS;
    }

    Optional<McpServer> server() {
        return target instanceof Target.Server found ? Optional.of(found.server()) : Optional.empty();
    }

    String software() {
        return client.getAttribute(ClientAttributes.SOFTWARE);
    }

    /**
     * Whether one party only can receive the code, so that a decision may be remembered. RFC 8252 section 8.6: a server SHOULD NOT
     * process requests without user interaction where the identity of the client cannot be assured.
     */
    boolean mayBeRemembered() {
        return evidence != Evidence.NONE;
    }

    /**
     * Whether errors may go to the redirect URI without a click. RFC 9700 section 4.11.2: an authorization server must not become an
     * open redirector for clients that nobody vouches for.
     */
    boolean mayRedirectErrors() {
        boolean approvedByHuman = state() == SoftwareState.APPROVED
                && ClientAttributes.basisOf(client).isHuman();
        return destination.isThisComputer() || approvedByHuman || evidence == Evidence.KNOWN;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
