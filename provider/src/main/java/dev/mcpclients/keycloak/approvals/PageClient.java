package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.Addresses;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** The Keycloak client that people sign in to at the approvals page; it leads back there and nowhere else, and has no rights. */
public final class PageClient {

    public static final String ID = "mcp-approvals";

    private final KeycloakSession session;
    private final RealmModel realm;

    PageClient(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The client of a realm, once somebody has asked for the page. */
    public static Optional<ClientModel> in(RealmModel realm) {
        return Optional.ofNullable(realm.getClientByClientId(ID));
    }

    Optional<ClientModel> find() {
        return in(realm);
    }

    /** Makes the client where it is missing, in a transaction of its own: another request may do so at the same moment. */
    void ensure() {
        if (find().isPresent()) {
            return;
        }
        String realmId = realm.getId();
        try {
            KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(), s -> create(s.realms().getRealm(realmId)));
        } catch (ModelDuplicateException alreadyThere) {
            // The other request's client is as good.
        }
    }

    private static void create(RealmModel realm) {
        ClientModel client = realm.addClient(ID);
        client.setName("MCP approvals");
        client.setDescription("Sign-in to the approvals page for MCP clients");
        client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        client.setEnabled(true);
        client.setPublicClient(true);
        client.setClientAuthenticatorType(KeycloakModelUtils.getDefaultClientAuthenticatorType());
        client.setStandardFlowEnabled(true);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setFullScopeAllowed(false);
        client.setConsentRequired(false);
        client.setRootUrl(Constants.AUTH_BASE_URL_PROP);
        client.setBaseUrl(Addresses.path(realm));
        client.setRedirectUris(Set.of(Addresses.path(realm)));
        client.setWebOrigins(Set.of());
        client.setAttribute(OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD, "S256");
    }
}
