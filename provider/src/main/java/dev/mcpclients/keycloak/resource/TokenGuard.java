package dev.mcpclients.keycloak.resource;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Membership;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.representations.RefreshToken;

/**
 * Lets a client of ours have a token only for an authorization that a person allowed, and binds the token to its MCP server.
 *
 * <p>Keycloak runs it for every token response of every realm and no realm setting can switch it off. It reads the cached client, the
 * cached realm, the code and the store where codes are: no statement.
 */
public final class TokenGuard implements TokenPostProcessor {

    /** The required action whose decisions the guard accepts; without it nobody is asked. */
    public static final String GATE = "mcp-decision";

    private final KeycloakSession session;

    TokenGuard(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        allowed(context).ifPresent(bound -> {
            if (bound.renewable()) {
                bound.claim().writeTo(context.refreshToken());
            }
            ClientModel client = context.clientSessionCtx().getClientSession().getClient();
            Audience.set(session.getContext().getRealm(), limited(bound.claim(), client), context);
        });
    }

    /** The same question for a refresh that has only begun. */
    void requireAllowed(RefreshToken token, ClientSessionContext context) {
        allowed(new TokenPostProcessorContext(null, token, null, null, context));
    }

    private Optional<Bound> allowed(TokenPostProcessorContext context) {
        ClientModel client = context.clientSessionCtx().getClientSession().getClient();
        try {
            return bound(context, client);
        } catch (RefusedToken e) {
            throw new RefusalEvent(session).send(context, client, e.refusal());
        }
    }

    /**
     * What a token response is bound to.
     *
     * @param renewable whether a refresh token may carry the claim; without it no refresh succeeds
     */
    private record Bound(TokenClaim claim, boolean renewable) {}

    /** The claim of this token response; empty where the response is none of our business. */
    private Optional<Bound> bound(TokenPostProcessorContext context, ClientModel client) {
        OAuth2Code code = context.code();
        RefreshToken old = context.requestRefreshToken();
        if (ClientAttributes.isMcpClient(client)) {
            return Optional.of(ours(context, client));
        }
        if (code != null) {
            return foreign(context, code).map(claim -> renewable(claim, client));
        }
        return old == null ? Optional.empty() : TokenClaim.of(old).map(claim -> renewable(claim, client));
    }

    private Bound renewable(TokenClaim claim, ClientModel client) {
        return new Bound(checked(claim, client), true);
    }

    private Bound ours(TokenPostProcessorContext context, ClientModel client) {
        if (ClientAttributes.stateOf(client) != SoftwareState.APPROVED) {
            throw new RefusedToken(TokenRefusal.NOT_APPROVED);
        }
        requireWithinLimits(context, client);
        OAuth2Code code = context.code();
        RefreshToken old = context.requestRefreshToken();
        if (code == null && old == null) {
            throw new RefusedToken(TokenRefusal.GRANT_NOT_ALLOWED);
        }
        String software = client.getAttribute(ClientAttributes.SOFTWARE);
        return code == null
                ? renewable(
                        TokenClaim.of(old)
                                .filter(c -> software.equals(c.software()))
                                .orElseThrow(() -> new RefusedToken(TokenRefusal.NOT_OF_A_DECISION)),
                        client)
                : redeemed(allowance(context, code), software, client);
    }

    private Bound redeemed(Allowance allowance, String software, ClientModel client) {
        if (allowance.loan() != null) {
            new OneTimeConsent(session, session.getContext().getRealm()).end(allowance.loan());
        }
        return new Bound(checked(claim(software, allowance.authorization()), client), !allowance.once());
    }

    /** Limits may have come after the code or the refresh token; of scopes only those are left that {@link GuardedRefresh} lets through. */
    private static void requireWithinLimits(TokenPostProcessorContext context, ClientModel client) {
        Limits limits = ClientAttributes.limitsOf(client);
        if (limits.isNone()) {
            return;
        }
        UserModel user =
                context.clientSessionCtx().getClientSession().getUserSession().getUser();
        if (!limits.groups().isEmpty() && !limits.allowGroups(Membership.of(user))) {
            throw new RefusedToken(TokenRefusal.NOT_FOR_USER);
        }
        Set<String> always = client.getClientScopes(true).keySet();
        boolean tooWide = !limits.scopes().isEmpty()
                && context.clientSessionCtx()
                        .getClientScopesStream()
                        .filter(scope -> !(scope instanceof ClientModel))
                        .map(ClientScopeModel::getName)
                        .anyMatch(scope -> !always.contains(scope) && !limits.allowScope(scope));
        if (tooWide) {
            throw new RefusedToken(TokenRefusal.SCOPE_NOT_ALLOWED);
        }
    }

    /** What is left for the access token; the refresh token keeps what was authorized, for limits may be taken back. */
    private static TokenClaim limited(TokenClaim claim, ClientModel client) {
        return claim.resource() == null || isAllowed(claim, client)
                ? claim
                : new TokenClaim(claim.software(), null, null);
    }

    private static boolean isAllowed(TokenClaim claim, ClientModel client) {
        return claim.software() == null
                || claim.resource() == null
                || ClientAttributes.limitsOf(client).allowResource(claim.resource());
    }

    private static TokenClaim claim(String software, Authorization authorization) {
        return new TokenClaim(software, authorization.resource(), authorization.resourceClient());
    }

    /** The allowance of this code; it is good for one code. */
    private Allowance allowance(TokenPostProcessorContext context, OAuth2Code code) {
        RealmModel realm = session.getContext().getRealm();
        String challenge = code.getCodeChallenge();
        if (challenge == null || !OAuth2Constants.PKCE_METHOD_S256.equals(code.getCodeChallengeMethod())) {
            throw new RefusedToken(TokenRefusal.NO_PKCE);
        }
        if (!gateStands(realm)) {
            throw new RefusedToken(TokenRefusal.GATE_OFF);
        }
        Allowance.Redeemed redeemed = redeemed(context, code);
        ClientModel client = context.clientSessionCtx().getClientSession().getClient();
        Allowance allowance = new AllowanceStore(session)
                .take(client, redeemed.user(), challenge)
                .orElseThrow(() -> new RefusedToken(TokenRefusal.NO_ALLOWANCE));
        if (!allowance.covers(redeemed)) {
            throw new RefusedToken(TokenRefusal.OTHER_AUTHORIZATION);
        }
        return allowance;
    }

    private static Allowance.Redeemed redeemed(TokenPostProcessorContext context, OAuth2Code code) {
        AuthenticatedClientSessionModel clientSession =
                context.clientSessionCtx().getClientSession();
        Set<String> scopes = context.clientSessionCtx()
                .getClientScopesStream()
                .filter(scope -> !(scope instanceof ClientModel))
                .map(ClientScopeModel::getName)
                .collect(Collectors.toSet());
        return new Allowance.Redeemed(
                clientSession.getUserSession().getUser().getId(),
                code.getRedirectUriParam(),
                code.getResource(),
                code.getScope() == null ? "" : code.getScope(),
                scopes);
    }

    private static boolean gateStands(RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(GATE);
        return action != null && action.isEnabled() && GATE.equals(action.getProviderId());
    }

    private Optional<TokenClaim> foreign(TokenPostProcessorContext context, OAuth2Code code) {
        String resource = code.getResource();
        if (resource == null) {
            return Optional.empty();
        }
        String uuid = context.clientSessionCtx().getClientSession().getNote(ResourceNotes.noteFor(resource));
        ClientModel server =
                uuid == null ? null : session.getContext().getRealm().getClientById(uuid);
        if (server == null || !McpServers.isAt(server, resource)) {
            return Optional.empty();
        }
        return Optional.of(new TokenClaim(null, server.getAttribute(McpServers.RESOURCE_URL), server.getId()));
    }

    /** RFC 8707 section 2.2: a {@code resource} of the token request may only be one that was authorized. */
    private TokenClaim checked(TokenClaim claim, ClientModel client) {
        String authorized = claim.resource();
        if (authorized != null) {
            ClientModel server = claim.resourceClient() == null
                    ? null
                    : session.getContext().getRealm().getClientById(claim.resourceClient());
            boolean closed = claim.software() != null && server != null && !McpServers.isOpenTo(server, client);
            if (closed || !McpServers.isAt(server, authorized)) {
                throw new RefusedToken(TokenRefusal.RESOURCE_CLOSED);
            }
        }
        String requested =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(OAuth2Constants.RESOURCE);
        if (requested != null && !isAllowed(claim, session.getContext().getClient())) {
            throw new RefusedToken(TokenRefusal.RESOURCE_CLOSED);
        }
        if (requested != null && (authorized == null || !ResourceUrl.same(requested, authorized))) {
            throw new RefusedToken(TokenRefusal.OTHER_RESOURCE);
        }
        return claim;
    }
}
