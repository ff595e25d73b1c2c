package dev.mcpclients.keycloak.redirects;

import dev.mcpclients.keycloak.registry.Allowances;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Loans;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;

/**
 * Makes {@link ShownErrors} under Keycloak's own id, by which clients name their protocol: of two factories with one id and order,
 * Keycloak takes the one that is not its own.
 */
public final class ShownErrorsFactory extends OIDCLoginProtocolFactory {

    @Override
    public LoginProtocol create(KeycloakSession session) {
        OIDCLoginProtocol stock = (OIDCLoginProtocol) super.create(session);
        return new ShownErrors(stock.getConfig()).setSession(session);
    }

    /** Keycloak has ended the sessions of the client by now; what we remember of the user's decisions goes with them. */
    @Override
    public void onConsentRevoked(KeycloakSession session, ClientModel client, UserModel user) {
        super.onConsentRevoked(session, client, user);
        if (ClientAttributes.isMcpClient(client)) {
            new Allowances(session).forget(user, client);
            new Loans(session).forget(user, client);
        }
    }
}
