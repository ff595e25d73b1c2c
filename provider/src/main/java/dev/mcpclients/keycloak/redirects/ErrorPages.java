package dev.mcpclients.keycloak.redirects;

import dev.mcpclients.keycloak.registry.ClientAttributes;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * Answers an authorization request with a page where Keycloak would redirect an error to a host that nobody vouches for. It protects
 * visitors from being sent on; that nobody gets a code undecided is the work of the gate and the token guard, which know nothing of it.
 */
final class ErrorPages implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    /** Set while the other policies are asked, so that the question does not come back here. */
    private static final String ASKING = "mcp.asking-policies";

    private final KeycloakSession session;

    ErrorPages(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getProviderId() {
        return ErrorPagesFactory.ID;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) {
        if (context instanceof PreAuthorizationRequestContext request) {
            before(request);
        } else if (context instanceof AuthorizationRequestContext request && session.getAttribute(ASKING) == null) {
            beforeOtherPolicies(request);
        }
    }

    /** The first thing that happens to an authorization request: Keycloak has checked nothing of it yet. */
    private void before(PreAuthorizationRequestContext context) {
        @Nullable ClientModel client = session.getContext().getRealm().getClientByClientId(context.getClientId());
        if (client != null && client.isEnabled() && ClientAttributes.isMcpClient(client)) {
            session.getContext().setClient(client);
            new Rehearsal(session, client, context.getRequestParameters())
                    .refusal()
                    .ifPresent(refusal -> show(client, refusal));
        }
    }

    /** Keycloak redirects what a policy of the realm refuses here, so these are asked once more, and first. */
    private void beforeOtherPolicies(AuthorizationRequestContext context) {
        ClientModel client = context.getClient();
        if (!ClientAttributes.isMcpClient(client)
                || new Vouching(session).isVouchedFor(client, context.getRedirectUri())) {
            return;
        }
        session.setAttribute(ASKING, true);
        try {
            session.clientPolicy().triggerOnEvent(context);
        } catch (ClientPolicyException refused) {
            Rehearsal rehearsal = new Rehearsal(session, client, context.getRequestParameters());
            show(client, rehearsal.refusedByPolicy(context, refused));
        } finally {
            session.removeAttribute(ASKING);
        }
    }

    private void show(ClientModel client, ClientError error) {
        throw new ErrorPageException(new ErrorScreen(session, client).of(error));
    }
}
