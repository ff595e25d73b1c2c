package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Deciders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.common.util.Time;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Makes the pages of the gate. Every text with a foreign part in it is put together here, never by a template. */
final class Screens {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private static final String HELD = "held";

    private final RequiredActionContext context;
    private final GateRequest request;
    private final LoginFormsProvider form;
    private final Introduction introduction;

    Screens(RequiredActionContext context, GateRequest request) {
        this.context = context;
        this.request = request;
        this.form = context.form();
        this.introduction = new Introduction(request, form);
    }

    /** The decision; in short, where the user allowed the same before. */
    Response decision(Optional<Instant> lastAllowed) {
        @Nullable
        String before = lastAllowed
                .map(time -> form.getMessage("mcpAllowedBefore", date(time)))
                .orElse(null);
        return page("mcp-decision.ftl", introduction.whole(), before, null, null, null);
    }

    /**
     * Looks again by itself, without a script, unless the user is writing, does not want it or the wait is over. WCAG 2.2.1: who is read
     * to from the page can stop it from beginning anew.
     */
    Response waiting(Waiting waiting, boolean explaining) {
        boolean over = waiting.isOver(Instant.ofEpochMilli(Time.currentTimeMillis()));
        boolean held = context.getUriInfo().getQueryParameters().containsKey(HELD);
        if (!explaining && !over && !held) {
            form.setResponseHeader("Refresh", LOOK_AGAIN.toSeconds() + ";url=" + ownUrl());
        }
        DecisionBean.Wait wait = new DecisionBean.Wait(
                form.getMessage("mcpWaitingSince", clock(waiting.since())),
                explaining,
                over,
                held,
                UriBuilder.fromUri(ownUrl()).queryParam(HELD, true).build().toString(),
                approvalsUrl());
        return page("mcp-waiting.ftl", introduction.parties(), null, wait, null, null);
    }

    Response denied() {
        String reason = request.client().getAttribute(ClientAttributes.REASON);
        return page(
                "mcp-denied.ftl",
                introduction.brief(),
                null,
                null,
                reason == null || reason.isBlank() ? null : DisplayText.line(reason),
                null);
    }

    /** Says who may use it: nobody should have to guess whom to ask. */
    Response notForUser() {
        String groups = ClientAttributes.limitsOf(request.client()).groups().stream()
                .map(context.getRealm()::getGroupById)
                .filter(Objects::nonNull)
                .map(group -> DisplayText.name(group.getName()))
                .collect(Collectors.joining(", "));
        return page(
                "mcp-not-for-you.ftl",
                introduction.partiesOfNothing(),
                null,
                null,
                null,
                groups.isEmpty()
                        ? form.getMessage("mcpNotForYouNobody")
                        : form.getMessage("mcpNotForYouGroups", groups));
    }

    Response unusable() {
        String problem =
                switch (request.situation()) {
                    case NO_SUCH_RESOURCE ->
                        form.getMessage(
                                "mcpProblemResource",
                                DisplayText.line(Optional.ofNullable(
                                                request.authorization().requestedResource())
                                        .orElse("")));
                    default -> form.getMessage("mcpProblemRequest");
                };
        return page("mcp-unusable.ftl", introduction.brief(), null, null, null, problem);
    }

    private Response page(
            String template,
            Identity identity,
            @Nullable String allowedBefore,
            DecisionBean.@Nullable Wait wait,
            @Nullable String reason,
            @Nullable String problem) {
        DecisionBean bean = new DecisionBean(
                identity,
                allowedBefore,
                request.evidence() != Evidence.KNOWN,
                ownUrl().toString(),
                wait,
                reason,
                problem);
        return PageHeaders.unframed(
                context.getSession(),
                form.setAttribute("decision", bean.model()).createForm(template));
    }

    /** Nobody decides about software in the login that it started: the page asks for a sign-in of its own. */
    private @Nullable String approvalsUrl() {
        return Deciders.mayDecide(context.getRealm(), request.user())
                ? Addresses.of(context.getSession())
                        .software(request.software())
                        .toString()
                : null;
    }

    private String date(Instant time) {
        Locale locale = context.getSession().getContext().resolveLocale(request.user());
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .withZone(ZoneId.systemDefault())
                .format(time);
    }

    private String clock(Instant time) {
        Locale locale = context.getSession().getContext().resolveLocale(request.user());
        return DateTimeFormatter.ofPattern("HH:mm z", locale)
                .withZone(ZoneId.systemDefault())
                .format(time);
    }

    /** The page's own address: rendering it through here renews the authentication session. */
    private URI ownUrl() {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        return LoginActionsService.requiredActionProcessor(context.getUriInfo())
                .queryParam(Constants.EXECUTION, Gate.ID)
                .queryParam(Constants.CLIENT_ID, authSession.getClient().getClientId())
                .queryParam(Constants.TAB_ID, authSession.getTabId())
                .queryParam(
                        Constants.CLIENT_DATA, AuthenticationProcessor.getClientData(context.getSession(), authSession))
                .build(context.getRealm().getName());
    }
}
