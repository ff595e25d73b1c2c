package dev.mcpclients.keycloak.resource;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/** Tells the realm about a refused token: Keycloak 26.7 answers a {@link TokenInterceptorException} without an event. */
final class RefusalEvent {

    private static final Logger LOG = Logger.getLogger(RefusalEvent.class);

    private final KeycloakSession session;

    RefusalEvent(KeycloakSession session) {
        this.session = session;
    }

    /** Sends the event; the exception returned is what the token endpoint answers with status 400 and CORS headers. */
    TokenInterceptorException send(TokenPostProcessorContext context, ClientModel client, TokenRefusal refusal) {
        LOG.debugf("No token for client %s: %s", client.getClientId(), refusal.reason());
        UserSessionModel userSession =
                context.clientSessionCtx().getClientSession().getUserSession();
        EventBuilder event = new EventBuilder(
                        session.getContext().getRealm(),
                        session,
                        session.getContext().getConnection())
                .event(type(context))
                .client(client)
                .user(userSession.getUser())
                .session(userSession)
                .detail(Details.REASON, refusal.reason())
                .detail("mcp_outcome", "no_token")
                .detail("mcp_state", ClientAttributes.stateOf(client).wire());
        if (client.getAttribute(ClientAttributes.SOFTWARE) != null) {
            event.detail("mcp_software", client.getAttribute(ClientAttributes.SOFTWARE));
        }
        if (context.code() != null && context.code().getResource() != null) {
            event.detail("resource", context.code().getResource());
        }
        event.error(Errors.NOT_ALLOWED);
        return new TokenInterceptorException(refusal.error(), refusal.description());
    }

    private static EventType type(TokenPostProcessorContext context) {
        if (context.code() != null) {
            return EventType.CODE_TO_TOKEN;
        }
        return context.requestRefreshToken() != null ? EventType.REFRESH_TOKEN : EventType.CLIENT_LOGIN;
    }
}
