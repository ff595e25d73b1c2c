package dev.mcpclients.keycloak.setup;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** {@code POST /admin/realms/{realm}/mcp/setup}; whoever hands it out has asked for {@code manage-realm}. */
@Produces(MediaType.APPLICATION_JSON)
public final class SetupResource {

    /** Resource type of the admin event of a setup. */
    public static final String EVENT = "MCP_SETUP";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminEventBuilder adminEvent;

    public SetupResource(KeycloakSession session, RealmModel realm, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.adminEvent = adminEvent;
    }

    /** All steps or none: they share the request's transaction. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response setup(String body) {
        try {
            SetupRequest request = SetupRequest.parse(body);
            SetupAnswer answer = new RealmSetup(session, realm).run(request);
            if (!request.dryRun()) {
                adminEvent
                        .resource(EVENT)
                        .operation(OperationType.ACTION)
                        .resourcePath("mcp", "setup")
                        .representation(answer)
                        .success();
            }
            return Response.ok(answer).build();
        } catch (SetupRefused refused) {
            session.getTransactionManager().setRollbackOnly();
            throw ErrorResponse.error(String.valueOf(refused.getMessage()), Response.Status.BAD_REQUEST);
        }
    }
}
