package dev.mcpclients.keycloak.redirects;

import org.keycloak.models.KeycloakSession;
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
}
