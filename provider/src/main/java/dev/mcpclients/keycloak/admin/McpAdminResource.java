package dev.mcpclients.keycloak.admin;

import dev.mcpclients.keycloak.doctor.DoctorResource;
import dev.mcpclients.keycloak.registry.Decisions;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareFilter;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareState;
import dev.mcpclients.keycloak.setup.SetupResource;
import jakarta.ws.rs.BadRequestException;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Software of a realm and the decisions about it: {@code /admin/realms/{realm}/mcp}. */
@Produces(MediaType.APPLICATION_JSON)
public final class McpAdminResource {

    private static final int MAX_PAGE = 200;
    private static final int MAX_REQUESTS = 100;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Caller caller;
    private final AdminEventBuilder adminEvent;
    private final SoftwareRegistry registry;

    McpAdminResource(KeycloakSession session, RealmModel realm, Caller caller, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.caller = caller;
        this.adminEvent = adminEvent;
        this.registry = new SoftwareRegistry(session);
    }

    /**
     * A page of software, the newest first.
     *
     * @param state {@code pending}, {@code approved} or {@code denied}; absent: all
     * @param door {@code anonymous}, {@code authenticated} or {@code cimd}; absent: all
     * @param search beginning of the name, in any case
     * @param max at most 200
     */
    @GET
    @Path("software")
    public List<SoftwareRepresentation> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("door") @Nullable String door,
            @QueryParam("search") @Nullable String search,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("50") int max) {
        caller.requireDecider();
        SoftwareFilter filter = new SoftwareFilter(
                state(state), door(door), null, search == null || search.isBlank() ? null : search.trim());
        if (first < 0 || max < 1 || max > MAX_PAGE) {
            throw new BadRequestException(error("first is 0 or more, max is 1 to " + MAX_PAGE));
        }
        return registry.search(realm, filter, first, max).stream()
                .map(SoftwareRepresentation::row)
                .toList();
    }

    /** How much software waits for a decision: the maintained count, which costs the same at any size. */
    @GET
    @Path("software/count")
    public Map<String, Integer> count() {
        caller.requireDecider();
        return Map.of(SoftwareState.PENDING.wire(), registry.pending(realm));
    }

    @GET
    @Path("software/{id}")
    public SoftwareRepresentation get(@PathParam("id") String id) {
        caller.requireDecider();
        return detail(registry.byId(realm, id).orElseThrow(NotFoundException::new));
    }

    @POST
    @Path("software/{id}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    public SoftwareRepresentation approve(@PathParam("id") String id, @Nullable DecisionRequest request) {
        caller.requireDecider();
        return decided(
                id,
                "approve",
                new Decisions(session)
                        .approve(realm, id, version(request), caller.actor(), reason(request), Limits.NONE));
    }

    @POST
    @Path("software/{id}/deny")
    @Consumes(MediaType.APPLICATION_JSON)
    public SoftwareRepresentation deny(@PathParam("id") String id, @Nullable DecisionRequest request) {
        caller.requireDecider();
        return decided(
                id, "deny", new Decisions(session).deny(realm, id, version(request), caller.actor(), reason(request)));
    }

    /** Takes a denial back: the software waits again. */
    @POST
    @Path("software/{id}/reopen")
    @Consumes(MediaType.APPLICATION_JSON)
    public SoftwareRepresentation reopen(@PathParam("id") String id, @Nullable DecisionRequest request) {
        caller.requireDecider();
        return decided(
                id,
                "reopen",
                new Decisions(session).reopen(realm, id, version(request), caller.actor(), reason(request)));
    }

    /** Takes an approval back for now: the software waits again, what it was given ends. */
    @POST
    @Path("software/{id}/suspend")
    @Consumes(MediaType.APPLICATION_JSON)
    public SoftwareRepresentation suspend(@PathParam("id") String id, @Nullable DecisionRequest request) {
        caller.requireDecider();
        return decided(
                id,
                "suspend",
                new Decisions(session).suspend(realm, id, version(request), caller.actor(), reason(request)));
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

    private SoftwareRepresentation decided(String id, String action, Decisions.Outcome outcome) {
        if (outcome instanceof Decisions.Outcome.NotFound) {
            throw new NotFoundException();
        }
        if (outcome instanceof Decisions.Outcome.Conflict conflict) {
            throw ErrorResponse.error(
                    "Somebody decided meanwhile: the software is %s, version %d"
                            .formatted(
                                    conflict.software().state().wire(),
                                    conflict.software().version()),
                    Response.Status.CONFLICT);
        }
        if (outcome instanceof Decisions.Outcome.Impossible impossible) {
            throw ErrorResponse.error(
                    "%s is not possible: the software is %s"
                            .formatted(action, impossible.software().state().wire()),
                    Response.Status.CONFLICT);
        }
        Software software = ((Decisions.Outcome.Changed) outcome).software();
        SoftwareRepresentation representation = SoftwareRepresentation.row(software);
        adminEvent
                .resource("MCP_SOFTWARE")
                .operation(OperationType.ACTION)
                .resourcePath("mcp", "software", id, action)
                .representation(representation)
                .success();
        return representation;
    }

    private SoftwareRepresentation detail(Software software) {
        List<String> clients = registry.clientsOf(software.id()).stream()
                .map(realm::getClientById)
                .filter(Objects::nonNull)
                .map(ClientModel::getClientId)
                .toList();
        return SoftwareRepresentation.detail(software, clients, registry.requestsFor(software.id(), MAX_REQUESTS));
    }

    private static @Nullable Integer version(@Nullable DecisionRequest request) {
        return request == null ? null : request.version();
    }

    private static @Nullable String reason(@Nullable DecisionRequest request) {
        if (request == null || request.reason() == null || request.reason().isBlank()) {
            return null;
        }
        if (request.reason().length() > SoftwareRegistry.MAX_REASON) {
            throw new BadRequestException(
                    error("reason is longer than " + SoftwareRegistry.MAX_REASON + " characters"));
        }
        return request.reason().trim();
    }

    private static @Nullable SoftwareState state(@Nullable String wire) {
        if (wire == null) {
            return null;
        }
        SoftwareState state = SoftwareState.of(wire);
        if (!state.wire().equals(wire)) {
            throw new BadRequestException(error("state is pending, approved or denied"));
        }
        return state;
    }

    private static @Nullable Door door(@Nullable String wire) {
        return wire == null
                ? null
                : Door.of(wire)
                        .orElseThrow(() -> new BadRequestException(error("door is anonymous, authenticated or cimd")));
    }

    private static Response error(String message) {
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of("errorMessage", message))
                .build();
    }
}
