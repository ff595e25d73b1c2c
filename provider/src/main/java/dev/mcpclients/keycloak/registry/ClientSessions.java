package dev.mcpclients.keycloak.registry;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;

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
        List<String> online = ids(s.sessions().readOnlyStreamUserSessions(realm, client, 0, BATCH));
        List<String> offline = ids(s.sessions().readOnlyStreamOfflineUserSessions(realm, client, 0, BATCH));
        long ended = Stream.concat(
                        online.stream().map(id -> s.sessions().getUserSession(realm, id)),
                        offline.stream().map(id -> s.sessions().getOfflineUserSession(realm, id)))
                .filter(Objects::nonNull)
                .map(userSession -> userSession.getAuthenticatedClientSessionByClient(client.getId()))
                .filter(Objects::nonNull)
                .peek(AuthenticatedClientSessionModel::detachFromUserSession)
                .count();
        return ended > 0 && (online.size() == BATCH || offline.size() == BATCH);
    }

    private static List<String> ids(Stream<UserSessionModel> sessions) {
        try (sessions) {
            return sessions.map(UserSessionModel::getId).toList();
        }
    }
}
