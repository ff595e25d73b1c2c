package dev.mcpclients.keycloak.it.support;

import java.lang.reflect.Parameter;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands {@link KeycloakServer}, {@link AdminApi} and {@link Database} to tests.
 *
 * <p>Servers belong to the whole run; {@link On} chooses among them.
 */
final class KeycloakExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(KeycloakExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KeycloakServer.class || type == AdminApi.class || type == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        ServerKind kind = kind(parameter.getParameter(), context);
        Servers servers = servers(context);
        if (type == Database.class) {
            return servers.database(kind);
        }
        return type == AdminApi.class ? servers.server(kind).admin() : servers.server(kind);
    }

    private static ServerKind kind(Parameter parameter, ExtensionContext context) {
        return Optional.ofNullable(parameter.getAnnotation(On.class))
                .or(() -> context.getTestClass().map(test -> test.getAnnotation(On.class)))
                .map(On::value)
                .orElse(ServerKind.POSTGRES);
    }

    private static Servers servers(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Servers.class, key -> new Servers(), Servers.class);
    }
}
