package dev.mcpclients.keycloak.registry;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.AbstractKeycloakTransaction;

/** Removes the client sessions and offline sessions of clients in small batches; the users' own sessions stay. */
public final class ClientSessions {

    private static final int BATCH = 100;

    private final KeycloakSession session;

    public ClientSessions(KeycloakSession session) {
        this.session = session;
    }

    /** Starts the removal in the background once the running transaction is committed: the state that ends them counts first. */
    public void endAfterCommit(String realmId, List<String> clientUuids) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        ExecutorService executor = session.getProvider(ExecutorsProvider.class).getExecutor("mcp-client-sessions");
        List<String> clients = List.copyOf(clientUuids);
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                executor.execute(() -> clients.forEach(uuid -> end(factory, realmId, uuid)));
            }

            @Override
            protected void rollbackImpl() {
                // Nothing was decided, so nothing ends.
            }
        });
    }

    private static void end(KeycloakSessionFactory factory, String realmId, String clientUuid) {
        boolean more = true;
        while (more) {
            more = KeycloakModelUtils.runJobInTransactionWithResult(factory, s -> {
                RealmModel realm = s.realms().getRealm(realmId);
                ClientModel client = realm == null ? null : realm.getClientById(clientUuid);
                return client != null && endBatch(s, realm, client);
            });
        }
    }

    private static boolean endBatch(KeycloakSession s, RealmModel realm, ClientModel client) {
        List<UserSessionModel> online = first(s.sessions().getUserSessionsStream(realm, client, 0, BATCH));
        List<UserSessionModel> offline = first(s.sessions().getOfflineUserSessionsStream(realm, client, 0, BATCH));
        Stream.concat(online.stream(), offline.stream()).forEach(userSession -> detach(userSession, client));
        return online.size() == BATCH || offline.size() == BATCH;
    }

    private static List<UserSessionModel> first(Stream<UserSessionModel> sessions) {
        try (sessions) {
            return sessions.toList();
        }
    }

    private static void detach(UserSessionModel userSession, ClientModel client) {
        AuthenticatedClientSessionModel clientSession = userSession.getAuthenticatedClientSessionByClient(client.getId());
        if (clientSession != null) {
            clientSession.detachFromUserSession();
        }
    }
}
