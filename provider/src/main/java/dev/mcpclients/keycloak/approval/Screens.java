package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.catalogue.KnownClient;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Deciders;
import dev.mcpclients.keycloak.resource.McpServer;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.common.util.Time;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.rar.AuthorizationDetails;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Makes the pages of the gate. Every text with a foreign part in it is put together here, never by a template. */
final class Screens {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final RequiredActionContext context;
    private final GateRequest request;
    private final LoginFormsProvider form;

    Screens(RequiredActionContext context, GateRequest request) {
        this.context = context;
        this.request = request;
        this.form = context.form();
    }

    Response decision() {
        return page("mcp-decision.ftl", null, false, false, null, null);
    }

    /** Looks again by itself, without a script, unless the user is writing or the wait is over. */
    Response waiting(Waiting waiting, boolean explaining) {
        boolean over = waiting.isOver(Instant.ofEpochMilli(Time.currentTimeMillis()));
        if (!explaining && !over) {
            form.setResponseHeader("Refresh", LOOK_AGAIN.toSeconds() + ";url=" + ownUrl());
        }
        return page(
                "mcp-waiting.ftl",
                form.getMessage("mcpWaitingSince", clock(waiting.since())),
                explaining,
                over,
                null,
                null);
    }

    Response denied() {
        String reason = request.client().getAttribute(ClientAttributes.REASON);
        return page(
                "mcp-denied.ftl",
                null,
                false,
                false,
                reason == null || reason.isBlank() ? null : Shown.line(reason),
                null);
    }

    /** Says who may use it: nobody should have to guess whom to ask. */
    Response notForUser() {
        String groups = ClientAttributes.limitsOf(request.client()).groups().stream()
                .map(context.getRealm()::getGroupById)
                .filter(Objects::nonNull)
                .map(group -> Shown.name(group.getName()))
                .collect(Collectors.joining(", "));
        return page(
                "mcp-not-for-you.ftl",
                null,
                false,
                false,
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
                                Shown.line(Optional.ofNullable(
                                                request.authorization().requestedResource())
                                        .orElse("")));
                    default -> form.getMessage("mcpProblemRequest");
                };
        return page("mcp-unusable.ftl", null, false, false, null, problem);
    }

    private Response page(
            String template,
            @Nullable String waitingSince,
            boolean explaining,
            boolean over,
            @Nullable String reason,
            @Nullable String problem) {
        Optional<McpServer> server = request.server();
        String name = request.client().getName();
        Evidence evidence = request.evidence();
        Destination destination = request.destination();
        Catalogue catalogue = request.catalogue();
        String app =
                Shown.name(name == null || name.isBlank() ? request.client().getClientId() : name);
        Optional<String> imitated = destination
                .imitated(catalogue, app)
                .map(KnownClient::name)
                .or(() -> Optional.ofNullable(request.client().getAttribute(ClientAttributes.LOOKS_LIKE))
                        .map(Shown::name));
        DecisionBean bean = new DecisionBean(
                app,
                evidence.wire(),
                form.getMessage("mcpEvidenceLabel." + evidence.wire()),
                form.getMessage(
                        "mcpEvidence." + evidence.wire(),
                        Shown.line(destination.host()),
                        destination.receiver(catalogue).map(KnownClient::vendor).orElse(destination.host())),
                imitated.map(product -> form.getMessage("mcpImitation", product))
                        .orElse(null),
                destination.isThisComputer() ? form.getMessage("mcpThisComputer") : Shown.line(destination.host()),
                evidence == Evidence.KNOWN
                        ? null
                        : form.getMessage(destination.isThisComputer() ? "mcpThisComputerText" : "mcpHostText"),
                server.map(McpServer::name).map(Shown::name).orElse(null),
                server.map(McpServer::url).map(Screens::address).orElse(null),
                Shown.name(request.user().getUsername()),
                permissions(),
                evidence != Evidence.KNOWN,
                ownUrl().toString(),
                waitingSince,
                explaining,
                over,
                waitingSince == null ? null : approvalsUrl(),
                reason,
                problem);
        return form.setAttribute("decision", bean.model()).createForm(template);
    }

    /** Nobody decides about software in the login that it started: the page asks for a sign-in of its own. */
    private @Nullable String approvalsUrl() {
        return Deciders.mayDecide(context.getRealm(), request.user())
                ? Addresses.of(context.getSession())
                        .software(request.software())
                        .toString()
                : null;
    }

    /** What Keycloak would ask consent for, and every scope of the MCP server itself. */
    private List<String> permissions() {
        List<String> texts = new ArrayList<>();
        for (AuthorizationDetails details : request.scopes()) {
            ClientScopeModel scope = details.getClientScope();
            boolean ofServer = request.server()
                    .map(server -> server.scopeIds().contains(scope.getId()))
                    .orElse(false);
            if (!(scope instanceof ClientModel) && (ofServer || scope.isDisplayOnConsentScreen())) {
                texts.add(text(scope, details.getParameterizedScopeParam()));
            }
        }
        return texts;
    }

    /** The consent text is written by an admin, who may name a message by <code>${key}</code>. */
    private String text(ClientScopeModel scope, @Nullable String parameter) {
        if (scope.getName().equals(OAuth2Constants.OFFLINE_ACCESS)) {
            return form.getMessage("mcpOfflineAccess");
        }
        String text = scope.getConsentScreenText();
        String shown = text == null || text.isBlank() ? scope.getName() : text;
        String resolved = shown.startsWith("${") && shown.endsWith("}")
                ? form.getMessage(shown.substring(2, shown.length() - 1))
                : shown;
        return parameter == null ? resolved : resolved + ": " + Shown.name(parameter);
    }

    private static String address(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().equals("/") ? "" : url.getRawPath();
        return Shown.line(url.getRawAuthority() + path);
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
