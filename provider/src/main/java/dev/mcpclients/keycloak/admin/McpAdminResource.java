package dev.mcpclients.keycloak.admin;

import dev.mcpclients.keycloak.approval.LimitsRequest;
import dev.mcpclients.keycloak.doctor.DoctorResource;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Counts;
import dev.mcpclients.keycloak.registry.Cursor;
import dev.mcpclients.keycloak.registry.Decision;
import dev.mcpclients.keycloak.registry.DecisionHistory;
import dev.mcpclients.keycloak.registry.Decisions;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareFilter;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareUsers;
import dev.mcpclients.keycloak.setup.SetupResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Software of a realm and the decisions about it: {@code /admin/realms/{realm}/mcp}; described in {@code docs/openapi.yaml}. */
@Produces(MediaType.APPLICATION_JSON)
public final class McpAdminResource {

    private static final int MAX_REQUESTS = 100;
    private static final int DETAIL_DECISIONS = 20;
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_EXPORT = 10_000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Caller caller;
    private final AdminEventBuilder adminEvent;
    private final SoftwareRegistry registry;
    private final DecisionHistory history;

    McpAdminResource(KeycloakSession session, RealmModel realm, Caller caller, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.caller = caller;
        this.adminEvent = adminEvent;
        this.registry = new SoftwareRegistry(session);
        this.history = new DecisionHistory(session);
    }

    /**
     * A page of software, the newest first.
     *
     * @param state {@code pending}, {@code approved} or {@code denied}; absent: all
     * @param door {@code anonymous}, {@code authenticated} or {@code cimd}; absent: all
     * @param evidence {@code known}, {@code domain} or {@code none}; absent: all
     * @param search beginning of the name, in any case
     * @param after id of the last software of the page before, as quick for the last page as for the first
     * @param first how many to skip, at most 10,000
     * @param max at most 200
     */
    @GET
    @Path("software")
    public List<SoftwareRepresentation> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("door") @Nullable String door,
            @QueryParam("evidence") @Nullable String evidence,
            @QueryParam("search") @Nullable String search,
            @QueryParam("after") @Nullable String after,
            @QueryParam("first") @Nullable String first,
            @QueryParam("max") @Nullable String max) {
        caller.requireDecider();
        SoftwareFilter filter = Input.filter(state, door, evidence, search);
        int rows = Input.max(max, DEFAULT_PAGE, Input.MAX_PAGE);
        List<Software> page = after == null
                ? registry.search(realm, filter, Input.first(first), rows)
                : registry.search(realm, filter, cursor(after, first), rows);
        return page.stream().map(this::row).toList();
    }

    /** How much software is in each state: maintained counts, which cost the same at any size. */
    @GET
    @Path("software/count")
    public Counts count() {
        caller.requireDecider();
        return registry.counts(realm);
    }

    @GET
    @Path("software/{id}")
    public SoftwareRepresentation get(@PathParam("id") String id) {
        caller.requireDecider();
        return detail(software(id));
    }

    /** Decisions about this software, the newest first. */
    @GET
    @Path("software/{id}/decisions")
    public List<DecisionRepresentation> decisionsOf(
            @PathParam("id") String id,
            @QueryParam("first") @Nullable String first,
            @QueryParam("max") @Nullable String max) {
        caller.requireDecider();
        int skipped = Input.first(first);
        int rows = Input.max(max, DEFAULT_PAGE, Input.MAX_PAGE);
        return shown(history.of(realm, software(id).fingerprint(), skipped, rows));
    }

    /** Approves, within limits where some are given; of approved software this replaces the limits. */
    @POST
    @Path("software/{id}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    public SoftwareRepresentation approve(@PathParam("id") String id, @Nullable DecisionRequest request) {
        return decide(Action.APPROVE, id, request);
    }

    @POST
    @Path("software/{id}/deny")
    @Consumes(MediaType.APPLICATION_JSON)
    public SoftwareRepresentation deny(@PathParam("id") String id, @Nullable DecisionRequest request) {
        return decide(Action.DENY, id, request);
    }

    /** Takes an approval back for now: the software waits again, what it was given ends. */
    @POST
    @Path("software/{id}/suspend")
    @Consumes(MediaType.APPLICATION_JSON)
    public SoftwareRepresentation suspend(@PathParam("id") String id, @Nullable DecisionRequest request) {
        return decide(Action.SUSPEND, id, request);
    }

    /** Takes a denial back: the software waits again. */
    @POST
    @Path("software/{id}/reopen")
    @Consumes(MediaType.APPLICATION_JSON)
    public SoftwareRepresentation reopen(@PathParam("id") String id, @Nullable DecisionRequest request) {
        return decide(Action.REOPEN, id, request);
    }

    /** Approves up to 200 at once; the answer tells of each. */
    @POST
    @Path("software/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    public List<BulkAnswer> approveAll(@Nullable BulkRequest request) {
        return decideAll(Action.APPROVE, request);
    }

    /** Denies up to 200 at once; the answer tells of each. */
    @POST
    @Path("software/deny")
    @Consumes(MediaType.APPLICATION_JSON)
    public List<BulkAnswer> denyAll(@Nullable BulkRequest request) {
        return decideAll(Action.DENY, request);
    }

    /**
     * Decisions of the realm, the newest first; also about software that is gone.
     *
     * @param after id of the last decision of the page before
     */
    @GET
    @Path("decisions")
    public List<DecisionRepresentation> decisions(
            @QueryParam("after") @Nullable String after, @QueryParam("max") @Nullable String max) {
        caller.requireDecider();
        return shown(page(after, Input.max(max, DEFAULT_PAGE, Input.MAX_PAGE)));
    }

    /**
     * The same in large pieces, to be kept elsewhere; needs {@code manage-realm} and leaves an admin event.
     *
     * @param max at most 10,000
     */
    @GET
    @Path("decisions/export")
    public List<DecisionRepresentation> export(
            @QueryParam("after") @Nullable String after, @QueryParam("max") @Nullable String max) {
        caller.requireRealmAdmin();
        List<DecisionRepresentation> exported = shown(page(after, Input.max(max, 1000, MAX_EXPORT)));
        adminEvent
                .resource("MCP_DECISION")
                .operation(OperationType.ACTION)
                .resourcePath("mcp", "decisions", "export")
                .success();
        return exported;
    }

    /**
     * A page of software with its clients and decisions, to be brought into another realm by {@link #bring}; needs
     * {@code manage-realm} and leaves an admin event.
     *
     * @param after {@code next} of the page before
     * @param max at most 1000
     */
    @GET
    @Path("export")
    public Export exportAll(@QueryParam("after") @Nullable String after, @QueryParam("max") @Nullable String max) {
        caller.requireRealmAdmin();
        Export page = Export.page(session, realm, after, Input.max(max, 200, Import.MOST));
        adminEvent
                .resource("MCP_EXPORT")
                .operation(OperationType.ACTION)
                .resourcePath("mcp", "export")
                .success();
        return page;
    }

    /**
     * Brings a page of an export into this realm; the answer tells of each row. Needs {@code manage-realm} and leaves an admin event.
     *
     * @param dryRun answers the same and writes nothing
     */
    @POST
    @Path("import")
    @Consumes(MediaType.APPLICATION_JSON)
    public ImportAnswer bring(@QueryParam("dryRun") @DefaultValue("false") boolean dryRun, String body) {
        caller.requireRealmAdmin();
        ImportAnswer answer = new Import(session, realm).run(body, dryRun);
        if (dryRun) {
            session.getTransactionManager().setRollbackOnly();
            return answer;
        }
        adminEvent
                .resource("MCP_IMPORT")
                .operation(OperationType.ACTION)
                .resourcePath("mcp", "import")
                .representation(new ImportAnswer(false, answer.software(), answer.decisions(), List.of()))
                .success();
        return answer;
    }

    @Path("setup")
    public SetupResource setup() {
        caller.requireRealmAdmin();
        return new SetupResource(session, realm, adminEvent);
    }

    @Path("doctor")
    public DoctorResource doctor() {
        caller.requireRealmAdmin();
        return new DoctorResource(session, realm);
    }

    private SoftwareRepresentation decide(Action action, String id, @Nullable DecisionRequest sent) {
        caller.requireDecider();
        DecisionRequest request = sent == null ? DecisionRequest.EMPTY : sent;
        Decisions.Outcome outcome = new Decisions(session)
                .decide(
                        realm,
                        id,
                        action,
                        request.version(),
                        caller.actor(),
                        Input.reason(request.reason()),
                        limits(action, request.limits()));
        if (outcome instanceof Decisions.Outcome.NotFound) {
            throw new NotFoundException();
        }
        if (outcome instanceof Decisions.Outcome.Conflict conflict) {
            throw ErrorResponse.error(
                    "Somebody decided meanwhile: the software is %s, version %d%s"
                            .formatted(
                                    conflict.software().state().wire(),
                                    conflict.software().version(),
                                    decided(conflict.software())),
                    Response.Status.CONFLICT);
        }
        if (outcome instanceof Decisions.Outcome.Impossible impossible) {
            throw ErrorResponse.error(
                    "%s is not possible: the software is %s"
                            .formatted(
                                    action.wire(), impossible.software().state().wire()),
                    Response.Status.CONFLICT);
        }
        SoftwareRepresentation changed = row(((Decisions.Outcome.Changed) outcome).software());
        decided(action, changed);
        return changed;
    }

    /** Who decided last, and when. */
    private static String decided(Software software) {
        return software.decidedAt() == null
                        || software.decidedBy() == null
                        || software.decidedBy().isEmpty()
                ? ""
                : ", decided by %s at %s".formatted(software.decidedBy(), software.decidedAt());
    }

    private List<BulkAnswer> decideAll(Action action, @Nullable BulkRequest request) {
        caller.requireDecider();
        if (request == null) {
            throw Input.wrong("the body is missing; it names the ids");
        }
        String reason = Input.reason(request.reason());
        Limits limits = limits(action, request.limits());
        Collection<String> ids = Input.ids(request.ids());
        Decisions decisions = new Decisions(session);
        decisions.lock(realm, ids);
        return ids.stream()
                .map(id -> {
                    Decisions.Outcome outcome =
                            decisions.decide(realm, id, action, null, caller.actor(), reason, limits);
                    if (outcome instanceof Decisions.Outcome.Changed changed) {
                        decided(action, row(changed.software()));
                    }
                    return BulkAnswer.of(id, outcome);
                })
                .toList();
    }

    private Limits limits(Action action, @Nullable LimitsRequest limits) {
        if (action == Action.APPROVE) {
            return Input.limits(session, realm, limits);
        }
        Input.noLimits(limits);
        return Limits.NONE;
    }

    private void decided(Action action, SoftwareRepresentation software) {
        adminEvent
                .clone(session)
                .resource("MCP_SOFTWARE")
                .operation(OperationType.ACTION)
                .resourcePath("mcp", "software", software.id(), action.wire())
                .representation(software)
                .success();
    }

    private SoftwareRepresentation row(Software software) {
        return SoftwareRepresentation.of(realm, software, null);
    }

    private SoftwareRepresentation detail(Software software) {
        List<String> clients = registry.clientsOf(software.id()).stream()
                .map(realm::getClientById)
                .filter(Objects::nonNull)
                .map(ClientModel::getClientId)
                .toList();
        return SoftwareRepresentation.of(
                realm,
                software,
                new SoftwareRepresentation.Detail(
                        software.form(),
                        clients,
                        new SoftwareUsers(session).count(software.id()),
                        registry.requestsFor(software.id(), MAX_REQUESTS).stream()
                                .map(request -> SoftwareRepresentation.Request.of(session, realm, request))
                                .toList(),
                        shown(history.of(realm, software.fingerprint(), 0, DETAIL_DECISIONS)),
                        shown(history.earlierDecisionsOnLookAlikes(realm, software, DETAIL_DECISIONS))));
    }

    private Software software(String id) {
        return registry.byId(realm, id).orElseThrow(NotFoundException::new);
    }

    private Cursor cursor(String after, @Nullable String first) {
        if (Input.first(first) != 0) {
            throw Input.wrong("first and after do not go together");
        }
        return registry.byId(realm, after)
                .map(Cursor::after)
                .orElseThrow(() -> Input.wrong("after", after, "the id of software of this realm"));
    }

    private List<Decision> page(@Nullable String after, int max) {
        return after == null
                ? history.recent(realm, 0, max)
                : history.after(
                        realm,
                        history.byId(realm, after)
                                .orElseThrow(() -> Input.wrong("after", after, "the id of a decision of this realm")),
                        max);
    }

    private List<DecisionRepresentation> shown(List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> DecisionRepresentation.of(realm, decision))
                .toList();
    }
}
