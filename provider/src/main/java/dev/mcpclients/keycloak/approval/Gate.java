package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.registry.Allowances;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.resource.Allowance;
import dev.mcpclients.keycloak.resource.AllowanceStore;
import dev.mcpclients.keycloak.resource.TokenGuard;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/** Stops every login to a client of ours until a person has decided about exactly this authorization. */
final class Gate implements RequiredActionProvider {

    static final String ID = TokenGuard.GATE;

    private static final String ANSWER = "answer";
    private static final String REASON = "reason";

    /**
     * Keycloak asks at every authentication, with an SSO cookie too; the answer is never kept from one time to the next. Links in mails
     * of Keycloak come here too: without a redirect URI there is no code to be given.
     */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        if (!ClientAttributes.isMcpClient(authSession.getClient())) {
            new Targets(context.getSession()).note(authSession);
        } else if (authSession.getRedirectUri() != null) {
            GateRequest request = request(context);
            if (passes(context, request)) {
                ConsentPage.introduce(context.getSession(), request);
            } else {
                authSession.addRequiredAction(ID);
            }
        }
    }

    /** With {@code NOT_SUPPORTED} Keycloak skips the action for the whole login where a client sends {@code kc_action=mcp-decision}. */
    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (!ClientAttributes.isMcpClient(context.getAuthenticationSession().getClient())) {
            context.ignore();
            return;
        }
        GateRequest request = request(context);
        if (passes(context, request)) {
            context.success();
        } else {
            show(context, request);
        }
    }

    /** Keycloak calls this for GET too, which has no form fields and therefore no answer (26.7, {@code KeycloakHandlerChainCustomizer}). */
    @Override
    public void processAction(RequiredActionContext context) {
        if (!ClientAttributes.isMcpClient(context.getAuthenticationSession().getClient())) {
            context.success();
            return;
        }
        GateRequest request = request(context);
        switch (Answer.of(field(context, ANSWER))) {
            case ALLOW -> allow(context, request);
            case ONCE -> allowOnce(context, request);
            case DENY -> turnAway(context, request);
            case EXPLAIN -> explain(context, request);
            case SEND -> send(context, request);
            case NONE -> show(context, request);
        }
    }

    @Override
    public void close() {}

    /** Whether the login may go on: allowed a moment ago in this very login, or remembered for a recipient that cannot be imitated. */
    private static boolean passes(RequiredActionContext context, GateRequest request) {
        GateNotes notes = new GateNotes(context.getAuthenticationSession());
        if (request.situation() != Situation.DECIDE) {
            return false;
        }
        if (notes.allows(request.authorization())) {
            return true;
        }
        if (!isRemembered(context, request)) {
            return false;
        }
        pass(context, request, new Allowance(request.authorization()));
        GateEvents.describe(context.getEvent(), request, "remembered");
        return true;
    }

    /** Lets this login go on, and leaves the allowance for the token guard. */
    private static void pass(RequiredActionContext context, GateRequest request, Allowance allowance) {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        new GateNotes(authSession).allow(allowance);
        new AllowanceStore(context.getSession())
                .put(request.client(), authSession.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_PARAM), allowance);
    }

    private static boolean isRemembered(RequiredActionContext context, GateRequest request) {
        return request.mayBeRemembered()
                && !asksAgain(context.getAuthenticationSession())
                && lastAllowed(context, request).isPresent();
    }

    /** When the user last allowed what is asked now, and has not taken it back since. */
    private static Optional<Instant> lastAllowed(RequiredActionContext context, GateRequest request) {
        KeycloakSession session = context.getSession();
        return new Consent(session).covers(request.user(), request.client(), request.scopes())
                ? new Allowances(session)
                        .lastAllowed(
                                request.user(),
                                request.client(),
                                request.subject(),
                                request.authorization().scopes())
                : Optional.empty();
    }

    private static boolean asksAgain(AuthenticationSessionModel authSession) {
        String prompt = authSession.getClientNote(OIDCLoginProtocol.PROMPT_PARAM);
        return prompt != null && !TokenUtil.hasPrompt(prompt, OIDCLoginProtocol.PROMPT_VALUE_NONE);
    }

    private static void show(RequiredActionContext context, GateRequest request) {
        GateNotes notes = new GateNotes(context.getAuthenticationSession());
        Screens screens = new Screens(context, request);
        switch (request.situation()) {
            case DECIDE -> {
                notes.show(request.authorization());
                context.challenge(screens.decision(lastAllowed(context, request)));
            }
            case WAIT -> context.challenge(screens.waiting(waiting(context, request), false));
            case DENIED -> context.challenge(screens.denied());
            case NOT_FOR_USER -> context.challenge(screens.notForUser());
            case NO_SUCH_RESOURCE, NO_PKCE, NOT_A_CODE -> {
                if (request.mayRedirectErrors()) {
                    GateEvents.refused(context, request);
                    context.challenge(ErrorRedirect.to(context, request.situation()));
                } else {
                    context.challenge(screens.unusable());
                }
            }
        }
    }

    /** Puts the software on the approvers' list the first time a login has to wait for it. */
    private static Waiting waiting(RequiredActionContext context, GateRequest request) {
        GateNotes notes = new GateNotes(context.getAuthenticationSession());
        Instant since = notes.waitingSince().orElseGet(() -> {
            Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
            notes.waitFrom(now);
            ask(context, request, null);
            GateEvents.waiting(context, request);
            return now;
        });
        return new Waiting(since, request.longestWait());
    }

    /** A decision counts for what the person was shown, and only where there is something to decide. */
    private static void allow(RequiredActionContext context, GateRequest request) {
        if (!isDecidable(context, request)) {
            show(context, request);
            return;
        }
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        KeycloakSession session = context.getSession();
        new Consent(session).grant(request.user(), request.client(), authSession, request.scopes());
        new Allowances(session)
                .remember(
                        context.getRealm(),
                        request.user(),
                        request.client(),
                        request.subject(),
                        request.authorization().scopes());
        new SoftwareRegistry(session).markUsed(context.getRealm(), request.software());
        pass(context, request, new Allowance(request.authorization()));
        GateEvents.describe(context.getEvent(), request, "allowed");
        context.success();
    }

    private static boolean isDecidable(RequiredActionContext context, GateRequest request) {
        return request.situation() == Situation.DECIDE
                && new GateNotes(context.getAuthenticationSession()).shows(request.authorization());
    }

    /** The same for this authorization and nothing after it: no refresh token, no offline access, no consent that stays, no memory. */
    private static void allowOnce(RequiredActionContext context, GateRequest shown) {
        if (!isDecidable(context, shown)) {
            show(context, shown);
            return;
        }
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        KeycloakSession session = context.getSession();
        OfflineAccess.takeOut(session, authSession);
        GateRequest request = request(context);
        String loan = new Consent(session)
                .lend(
                        request.user(),
                        request.client(),
                        authSession,
                        request.scopes(),
                        new AllowanceStore(session).end());
        new SoftwareRegistry(session).markUsed(context.getRealm(), request.software());
        pass(context, request, Allowance.once(request.authorization(), loan));
        GateEvents.describe(context.getEvent(), request, "allowed_once");
        context.success();
    }

    /** The user says no, gives up waiting, or leaves a page that has nothing to offer: the client hears of it. */
    private static void turnAway(RequiredActionContext context, GateRequest request) {
        switch (request.situation()) {
            case DECIDE -> refuse(context, request, "denied_by_user");
            case WAIT -> refuse(context, request, "not_approved_yet");
            case DENIED -> refuse(context, request, "software_denied");
            case NOT_FOR_USER -> refuse(context, request, "not_for_user");
            case NO_SUCH_RESOURCE, NO_PKCE, NOT_A_CODE -> {
                GateEvents.refused(context, request);
                context.challenge(ErrorRedirect.to(context, request.situation()));
            }
        }
    }

    private static void refuse(RequiredActionContext context, GateRequest request, String outcome) {
        GateEvents.describe(context.getEvent(), request, outcome);
        context.failure(request.situation().description());
    }

    private static void explain(RequiredActionContext context, GateRequest request) {
        if (request.situation() == Situation.WAIT) {
            context.challenge(new Screens(context, request).waiting(waiting(context, request), true));
        } else {
            show(context, request);
        }
    }

    private static void send(RequiredActionContext context, GateRequest request) {
        @Nullable String reason = field(context, REASON);
        if (request.situation() == Situation.WAIT && reason != null && !reason.isBlank()) {
            ask(context, request, reason.strip());
        }
        show(context, request);
    }

    /** A client may carry the id of software that has no row, after a realm import for instance: then there is no list to be on. */
    private static void ask(RequiredActionContext context, GateRequest request, @Nullable String reason) {
        SoftwareRegistry registry = new SoftwareRegistry(context.getSession());
        if (registry.byId(context.getRealm(), request.software()).isPresent()) {
            registry.ask(request.software(), request.user(), reason);
        }
    }

    private static GateRequest request(RequiredActionContext context) {
        ScopeLimits.narrow(context.getSession(), context.getAuthenticationSession());
        return GateRequest.of(context);
    }

    private static @Nullable String field(RequiredActionContext context, String name) {
        return context.getHttpRequest().getDecodedFormParameters().getFirst(name);
    }
}
