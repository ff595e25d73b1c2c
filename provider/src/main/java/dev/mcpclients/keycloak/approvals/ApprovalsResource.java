package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.Addresses;
import dev.mcpclients.keycloak.approval.LimitsRequest;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Decisions;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The approvals page. Every request asks first who it is from; every form carries the version that the approver saw. */
@Produces(MediaType.TEXT_HTML)
public final class ApprovalsResource {

    private static final String CONFLICT = "mcpApprovalsProblem.conflict";
    private static final String CHECKER = "stateChecker";
    private static final String ACTION = "action";
    private static final String REASON = "reason";
    private static final String VERSION = "version";
    private static final String PICKED = "software";
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    private static final Pattern PICK = Pattern.compile("([0-9a-f-]{36}):([0-9]{1,9})");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SignIn signIn;
    private final SoftwareRegistry registry;
    private final Addresses addresses;

    ApprovalsResource(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.signIn = new SignIn(session);
        this.registry = new SoftwareRegistry(session);
        this.addresses = Addresses.of(session);
    }

    /** The queue; also where the login leads back to, with a code that nobody redeems. */
    @GET
    public Response queue() {
        MultivaluedMap<String, String> query = session.getContext().getUri().getQueryParameters();
        boolean back = query.containsKey("code") || query.containsKey("error");
        return forApprover(
                back ? this::cannotSignIn : () -> signInFor(null),
                approver -> back ? Response.seeOther(wanted(query)).build() : queue(approver, query));
    }

    @GET
    @Path("{id}")
    public Response software(@PathParam("id") String id) {
        return forApprover(() -> signInFor(id), approver -> found(id)
                .map(software -> page(approver, software, Response.Status.OK, null, null))
                .orElseGet(() -> notFound(approver.user())));
    }

    /** Decides about all software picked from the list. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decideTogether() {
        return forForm(null, (approver, form) -> {
            MultivaluedMap<String, String> query = session.getContext().getUri().getQueryParameters();
            Optional<Action> action = Action.of(form.getFirst(ACTION))
                    .filter(chosen -> chosen == Action.APPROVE || chosen == Action.DENY);
            Map<String, Integer> picked = picked(form);
            String reason = reason(form);
            if (action.isEmpty() || picked.isEmpty()) {
                return queue(approver, query, reason, "mcpApprovalsProblem.picked", Response.Status.BAD_REQUEST);
            }
            if (!isReason(reason)) {
                return queue(approver, query, reason, "mcpApprovalsProblem.reason", Response.Status.BAD_REQUEST);
            }
            new Decisions(session).lock(realm, picked.keySet());
            Deciding deciding = new Deciding(session, approver);
            List<String> left = picked.entrySet().stream()
                    .filter(pick -> isSo(pick.getKey(), action.get())
                            || !(deciding.decide(pick.getKey(), pick.getValue(), action.get(), reason, Limits.NONE)
                                    instanceof Decisions.Outcome.Changed))
                    .map(Map.Entry::getKey)
                    .toList();
            new Notice(action.get(), picked.size() - left.size(), left).leave(approver.session());
            return Response.seeOther(QueueQuery.of(query).address(addresses)).build();
        });
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(@PathParam("id") String id) {
        return forForm(id, (approver, form) -> {
            Optional<Software> software = found(id);
            Optional<Action> action = Action.of(form.getFirst(ACTION)).filter(Action::isForPeople);
            String version = form.getFirst(VERSION);
            if (software.isEmpty()) {
                return notFound(approver.user());
            }
            if (action.isEmpty() || version == null || !version.matches("[0-9]{1,9}")) {
                return page(approver, software.get(), Response.Status.BAD_REQUEST, form, "mcpApprovalsProblem.form");
            }
            return decide(approver, software.get(), action.get(), Integer.parseInt(version), form);
        });
    }

    private Response decide(
            Visitor.Approver approver,
            Software software,
            Action action,
            int version,
            MultivaluedMap<String, String> form) {
        String reason = reason(form);
        if (!isReason(reason)) {
            return page(approver, software, Response.Status.BAD_REQUEST, form, "mcpApprovalsProblem.reason");
        }
        LimitsRequest.Result limits = action == Action.APPROVE
                ? new LimitsForm(session).read(form)
                : new LimitsRequest.Result.Valid(Limits.NONE);
        if (limits instanceof LimitsRequest.Result.Invalid invalid) {
            return page(
                    approver,
                    software,
                    Response.Status.BAD_REQUEST,
                    form,
                    "mcpLimitsProblem." + invalid.limit(),
                    invalid.value());
        }
        Decisions.Outcome outcome = new Deciding(session, approver)
                .decide(software.id(), version, action, reason, ((LimitsRequest.Result.Valid) limits).limits());
        if (outcome instanceof Decisions.Outcome.NotFound) {
            return notFound(approver.user());
        }
        if (outcome instanceof Decisions.Outcome.Conflict conflict) {
            return page(approver, conflict.software(), Response.Status.CONFLICT, form, CONFLICT);
        }
        if (outcome instanceof Decisions.Outcome.Impossible impossible) {
            return page(approver, impossible.software(), Response.Status.CONFLICT, form, "mcpApprovalsProblem.form");
        }
        new Notice(action, 1, List.of()).leave(approver.session());
        return Response.seeOther(addresses.software(software.id())).build();
    }

    private Response forApprover(Supplier<Response> forNobody, Function<Visitor.Approver, Response> answer) {
        if (!isSecure()) {
            return new Pages(session, null).refusal("mcpApprovalsHttps", null);
        }
        Visitor visitor = signIn.visitor();
        if (visitor instanceof Visitor.Approver approver) {
            return answer.apply(approver);
        }
        if (visitor instanceof Visitor.Stranger stranger) {
            Pages pages = new Pages(session, stranger.user());
            return pages.refusal("mcpApprovalsNoPermission", pages.signOutLink());
        }
        return forNobody.get();
    }

    private Response signInFor(@Nullable String software) {
        return signIn.isPossible()
                ? signIn.redirect(software != null && ID.matcher(software).matches() ? software : null)
                : cannotSignIn();
    }

    private Response cannotSignIn() {
        return new Pages(session, null).refusal("mcpApprovalsNoSignIn", null);
    }

    /** A form of another session, or another site, changes nothing; nor does one of a session that has ended, and that is said. */
    private Response forForm(
            @Nullable String software, BiFunction<Visitor.Approver, MultivaluedMap<String, String>, Response> answer) {
        URI page = software != null && ID.matcher(software).matches() ? addresses.software(software) : addresses.list();
        return forApprover(
                () -> new Pages(session, null)
                        .refusal("mcpApprovalsSignedOut", new Pages.Link("mcpApprovalsSignIn", page)),
                approver -> {
                    MultivaluedMap<String, String> form =
                            session.getContext().getHttpRequest().getDecodedFormParameters();
                    return approver.sent(form.getFirst(CHECKER))
                            ? answer.apply(approver, form)
                            : new Pages(session, approver.user())
                                    .refusal("mcpApprovalsForeignForm", new Pages.Link("mcpApprovalsAgain", page));
                });
    }

    private Response queue(Visitor.Approver approver, MultivaluedMap<String, String> query) {
        return queue(approver, query, "", null, Response.Status.OK);
    }

    private Response queue(
            Visitor.Approver approver,
            MultivaluedMap<String, String> query,
            String reason,
            @Nullable String problem,
            Response.Status status) {
        Pages pages = new Pages(session, approver.user());
        Optional<Notice> notice = Notice.take(approver.session());
        QueueView view = new Queue(session, pages.texts())
                .view(
                        QueueQuery.of(query),
                        notice.map(left -> left.text(pages.texts())).orElse(null),
                        notice.map(Notice::left).orElse(List.of()),
                        reason,
                        problem == null ? null : pages.texts().say(problem));
        return pages.queue(approver, view, status);
    }

    private Response page(
            Visitor.Approver approver,
            Software software,
            Response.Status status,
            @Nullable MultivaluedMap<String, String> form,
            @Nullable String problem,
            String... about) {
        Pages pages = new Pages(session, approver.user());
        SoftwareView view = new SoftwarePage(session, pages.texts())
                .view(
                        software,
                        Notice.take(approver.session())
                                .map(notice -> notice.text(pages.texts()))
                                .orElse(null),
                        form,
                        problem == null ? null : problem(problem, about, software, pages.texts()));
        return pages.software(approver, view, status);
    }

    /** Of a conflict, with whom and when. */
    private String problem(String key, String[] about, Software software, Texts texts) {
        String text = texts.say(key, (Object[]) about);
        String decision = key.equals(CONFLICT) ? new Descriptions(texts, realm).decision(software) : null;
        return decision == null ? text : text + " " + decision + ".";
    }

    /** To approve once more would lift the limits of an approval, which this form does not show. */
    private boolean isSo(String id, Action action) {
        return registry.stateOf(realm, id)
                .filter(state -> state == action.result())
                .isPresent();
    }

    private Optional<Software> found(String id) {
        return ID.matcher(id).matches() ? registry.byId(realm, id) : Optional.empty();
    }

    private Response notFound(UserModel user) {
        return new Pages(session, user)
                .message(
                        "mcpApprovalsGoneTitle",
                        "mcpApprovalsGone",
                        new Pages.Link("mcpApprovalsBack", addresses.list()),
                        Response.Status.NOT_FOUND);
    }

    private URI wanted(MultivaluedMap<String, String> query) {
        return Optional.ofNullable(query.getFirst("state"))
                .filter(state -> ID.matcher(state).matches())
                .map(addresses::software)
                .orElse(addresses.list());
    }

    /** Keycloak checks this for its own endpoints, not for those of extensions (26.7, RealmsResource). */
    private boolean isSecure() {
        boolean https =
                "https".equals(session.getContext().getUri().getBaseUri().getScheme());
        return https || !realm.getSslRequired().isRequired(session.getContext().getConnection());
    }

    private static Map<String, Integer> picked(MultivaluedMap<String, String> form) {
        Map<String, Integer> picked = new TreeMap<>();
        for (String value : form.getOrDefault(PICKED, List.of())) {
            Matcher pick = PICK.matcher(value);
            if (pick.matches() && picked.size() < QueueQuery.PAGE_SIZE) {
                picked.put(pick.group(1), Integer.valueOf(pick.group(2)));
            }
        }
        return picked;
    }

    private static String reason(MultivaluedMap<String, String> form) {
        String reason = form.getFirst(REASON);
        return reason == null ? "" : reason.strip();
    }

    private static boolean isReason(String text) {
        return !text.isEmpty() && text.length() <= SoftwareRegistry.MAX_REASON && SoftwareRegistry.isStorable(text);
    }
}
