package dev.mcpclients.keycloak.it.support;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** All servers of a test run; the root context of JUnit owns it and closes it at the end. */
final class Servers implements CloseableResource {

    private final Map<ServerKind, KeycloakServer> running = new EnumMap<>(ServerKind.class);
    private @Nullable Postgres postgres;

    synchronized KeycloakServer server(ServerKind kind) {
        KeycloakServer server = running.get(kind);
        if (server == null) {
            server = start(kind);
            running.put(kind, server);
        }
        return server;
    }

    /** The database of a server that runs on PostgreSQL. */
    synchronized Database database(ServerKind kind) {
        return switch (kind) {
            case POSTGRES -> postgres().database("keycloak");
            case STOCK -> postgres().database("stock");
            case H2 -> throw new IllegalArgumentException("The database of the H2 server lives inside that server");
        };
    }

    @Override
    public synchronized void close() {
        running.values().forEach(KeycloakServer::close);
        running.clear();
        Optional.ofNullable(postgres).ifPresent(Postgres::close);
        postgres = null;
    }

    private KeycloakServer start(ServerKind kind) {
        return switch (kind) {
            case POSTGRES ->
                KeycloakServer.start(
                        "postgres", Settings.ourJars(), database(kind).keycloakSettings());
            case H2 ->
                KeycloakServer.start(
                        "h2", Settings.ourJars(), Map.of("KC_DB", "dev-file", "KC_FEATURES", "resource-indicators"));
            case STOCK ->
                KeycloakServer.start("stock", List.of(), database(kind).keycloakSettings());
        };
    }

    private Postgres postgres() {
        Postgres running = postgres;
        if (running == null) {
            running = Postgres.start(Settings.target().resolve("it").resolve("postgresql"));
            postgres = running;
        }
        return running;
    }
}
