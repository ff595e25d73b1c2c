package dev.mcpclients.keycloak.upkeep;

import dev.mcpclients.keycloak.registration.OfferedScopes;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Attaches scopes that a realm offers since lately to the clients it has registered before: Keycloak copies scopes to a client
 * only when it is made, and refuses at authorize what is not attached.
 */
final class ScopeUpkeep {

    private static final Logger LOG = Logger.getLogger(ScopeUpkeep.class);

    /** Every batch is a transaction, so that logins find the realm cache in between. */
    private static final int BATCH = 50;

    private final KeycloakSession session;

    ScopeUpkeep(KeycloakSession session) {
        this.session = session;
    }

    /** Starts the work once the running transaction is committed. */
    void afterCommit(String realmId) {
        Background.afterCommit(session, factory -> run(factory, realmId));
    }

    private static void run(KeycloakSessionFactory factory, String realmId) {
        try {
            int attached = BATCH;
            while (attached == BATCH) {
                attached = KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> batch(s, realmId));
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "Scopes could not be attached to the MCP clients of realm %s; the next change tries again",
                    realmId);
        }
    }

    /** How many clients got a scope they lacked, {@link #BATCH} at most. */
    private static int batch(KeycloakSession s, String realmId) {
        RealmModel realm = s.realms().getRealm(realmId);
        if (realm == null || !RegistrationSettings.isRegistering(realm)) {
            return 0;
        }
        s.getContext().setRealm(realm);
        SoftwareRegistry registry = new SoftwareRegistry(s);
        for (ClientScopeModel scope : OfferedScopes.of(s, realm).optionals()) {
            List<String> lacking = registry.clientsWithoutScope(realm, scope.getId(), BATCH);
            lacking.forEach(uuid -> attach(realm.getClientById(uuid), scope));
            if (!lacking.isEmpty()) {
                return BATCH;
            }
        }
        return 0;
    }

    private static void attach(ClientModel client, ClientScopeModel scope) {
        client.addClientScope(scope, false);
    }
}
