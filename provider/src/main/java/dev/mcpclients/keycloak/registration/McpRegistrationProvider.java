package dev.mcpclients.keycloak.registration;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.Urls;
import org.keycloak.services.clientregistration.AbstractClientRegistrationProvider;
import org.keycloak.urls.UrlType;

/** The registration endpoint {@code /realms/{realm}/clients-registrations/mcp} (RFC 7591, and RFC 7592 for own clients). */
public final class McpRegistrationProvider extends AbstractClientRegistrationProvider {

    McpRegistrationProvider(KeycloakSession session) {
        super(session);
    }

    @OPTIONS
    public Response preflight() {
        return RegistrationErrors.cors()
                .auth()
                .preflight()
                .allowedMethods("GET", "POST", "PUT", "DELETE", "OPTIONS")
                .add(Response.ok());
    }

    @OPTIONS
    @Path("{clientId}")
    public Response preflightClient(@PathParam("clientId") String clientId) {
        return preflight();
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response register(InputStream body) {
        event.event(EventType.CLIENT_REGISTER);
        return guarded(() -> onJson(body, this::register));
    }

    private Response register(JsonNode json) {
        try {
            return register(session, json);
        } catch (ModelDuplicateException simultaneous) {
            // Another registration of the same software was first, and this transaction is spent: a new one finds it.
            session.getTransactionManager().setRollbackOnly();
            event.storeImmediately(true);
            return KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    own -> register(own, json),
                    "Registration of an MCP client");
        }
    }

    private Response register(KeycloakSession own, JsonNode json) {
        RealmModel realm = own.getContext().getRealm();
        Caller caller = Caller.of(own, realm);
        event.detail("mcp_door", caller.door().wire());
        Outcome outcome = new Registrar(own, realm, caller, new RealmPolicies(own, realm, this, caller)).register(json);
        return outcome instanceof Outcome.Registered registered
                ? created(registered)
                : new RegistrationErrors(own, event).refuse(((Outcome.Refused) outcome).refusal());
    }

    private Response created(Outcome.Registered registered) {
        URI configuration = configurationUri(registered.clientId());
        Response.ResponseBuilder response =
                Response.created(configuration).entity(RegistrationAnswer.of(registered, configuration));
        event.client(registered.clientId())
                .detail("mcp_software", registered.software().id())
                .detail("mcp_state", registered.software().state().wire())
                .detail("mcp_evidence", registered.software().evidence().wire())
                .detail("mcp_looks_like", registered.software().looksLike())
                .detail("mcp_new", Boolean.toString(registered.isNew()))
                .success();
        return errors().answered(response);
    }

    @GET
    @Path("{clientId}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response read(@PathParam("clientId") String clientId) {
        event.event(EventType.CLIENT_INFO);
        return onOwnClient(clients -> clients.read(clientId));
    }

    @PUT
    @Path("{clientId}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response update(@PathParam("clientId") String clientId, InputStream body) {
        event.event(EventType.CLIENT_UPDATE);
        return onOwnClient(clients -> onJson(body, json -> clients.update(clientId, json)));
    }

    @DELETE
    @Path("{clientId}")
    public Response remove(@PathParam("clientId") String clientId) {
        event.event(EventType.CLIENT_DELETE);
        return onOwnClient(clients -> clients.remove(clientId));
    }

    private Response onOwnClient(Function<OwnClients, Response> operation) {
        return guarded(() -> operation.apply(new OwnClients(session, this)));
    }

    private Response onJson(InputStream body, Function<JsonNode, Response> operation) {
        RegistrationBody read = RegistrationBody.read(body);
        return read instanceof RegistrationBody.Json json
                ? operation.apply(json.json())
                : errors().refuse(((RegistrationBody.Refused) read).rule());
    }

    private Response guarded(Supplier<Response> operation) {
        try {
            return operation.get();
        } catch (ErrorResponseException refusal) {
            return errors().refuse(refusal);
        } catch (ModelException | PersistenceException e) {
            return errors().unavailable(e);
        }
    }

    RegistrationErrors errors() {
        return new RegistrationErrors(session, event);
    }

    URI configurationUri(String clientId) {
        return Urls.clientRegistration(
                session.getContext().getUri(UrlType.BACKEND).getBaseUri(),
                session.getContext().getRealm().getName(),
                McpRegistrationProviderFactory.ID,
                clientId);
    }
}
