package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.Refusal;
import dev.mcpclients.keycloak.metadata.RefusalRule;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.cors.Cors;

/** Turns refusals into HTTP: error code and text for the caller, rule and value for the event, nothing kept in the database. */
final class RegistrationErrors {

    private static final Logger LOG = Logger.getLogger(RegistrationErrors.class);

    /** Seconds after which a caller refused for the moment may try again. */
    private static final int RETRY_AFTER = 300;

    private static final int LONGEST_DETAIL = 200;

    private final KeycloakSession session;
    private final EventBuilder event;

    RegistrationErrors(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.event = event;
    }

    Response refuse(RefusalRule rule) {
        return refuse(Refusal.of(rule));
    }

    Response refuse(Refusal refusal) {
        session.getTransactionManager().setRollbackOnly();
        record(refusal);
        Response.ResponseBuilder response = Response.status(refusal.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new OAuth2ErrorRepresentation(refusal.error(), refusal.description()));
        switch (refusal.status()) {
            case 401 -> response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            case 429, 503 -> response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
            default -> {
                // The body says it all.
            }
        }
        return answered(response);
    }

    /** An answer of Keycloak's own, with the headers a browser client needs to read it. */
    Response refuse(ErrorResponseException refusal) {
        session.getTransactionManager().setRollbackOnly();
        Response stock = refusal.getResponse();
        Response.ResponseBuilder response = Response.fromResponse(stock);
        if (stock.getStatus() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        return answered(response);
    }

    Response unavailable(RuntimeException cause) {
        LOG.warnf(
                cause,
                "A registration failed in realm %s",
                session.getContext().getRealm().getName());
        return refuse(RefusalRule.UNAVAILABLE);
    }

    /** RFC 7591 section 3.2: answers must not be cached. Readable from every origin: registration knows no cookies. */
    Response answered(Response.ResponseBuilder response) {
        CacheControl noStore = new CacheControl();
        noStore.setNoStore(true);
        response.cacheControl(noStore).header("Pragma", "no-cache");
        return cors().add(response);
    }

    static Cors cors() {
        return Cors.builder()
                .allowAllOrigins()
                .exposedHeaders(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.RETRY_AFTER, HttpHeaders.LOCATION);
    }

    private void record(Refusal refusal) {
        try {
            event.detail(Details.REASON, refusal.rule().name())
                    .detail("mcp_member", refusal.member())
                    .detail("mcp_value", shortened(refusal.value()))
                    .error(refusal.error());
        } catch (RuntimeException e) {
            // Without a database there is no event store either; the caller still gets his answer.
            LOG.warnf(e, "The event of a refused registration could not be stored");
        }
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_DETAIL ? value : value.substring(0, LONGEST_DETAIL) + "…";
    }
}
