package dev.mcpclients.keycloak.it.support;

import java.lang.reflect.Parameter;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands {@link KeycloakServer}, {@link AdminApi} and {@link Database} to tests, which belong to the whole run, and
 * {@link McpSetup}, {@link TestRealm} and {@link OAuthClient}, which belong to the test class.
 *
 * <p>{@link On} chooses among the servers.
 */
final class KeycloakExtension implements ParameterResolver {

    private static final Set<Class<?>> OFFERED = Set.of(
            KeycloakServer.class, AdminApi.class, Database.class, McpSetup.class, TestRealm.class, OAuthClient.class);

    private static final Namespace NAMESPACE = Namespace.create(KeycloakExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return OFFERED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        ServerKind kind = kind(parameter.getParameter(), context);
        Servers servers = servers(context);
        if (type == Database.class) {
            return servers.database(kind);
        }
        if (type == AdminApi.class) {
            return servers.server(kind).admin();
        }
        if (type == KeycloakServer.class) {
            return servers.server(kind);
        }
        McpSetup setup = setup(context, kind, servers);
        if (type == McpSetup.class) {
            return setup;
        }
        return type == OAuthClient.class ? setup.realm().oauth() : setup.realm();
    }

    private static ServerKind kind(Parameter parameter, ExtensionContext context) {
        return Optional.ofNullable(parameter.getAnnotation(On.class))
                .or(() -> context.getTestClass().map(test -> test.getAnnotation(On.class)))
                .map(On::value)
                .orElse(ServerKind.POSTGRES);
    }

    /** One realm and one MCP server per test class and Keycloak; JUnit closes them when the class is done. */
    private static McpSetup setup(ExtensionContext context, ServerKind kind, Servers servers) {
        ExtensionContext ofClass = context;
        while (ofClass.getParent().isPresent()
                && ofClass.getParent().get().getTestClass().isPresent()) {
            ofClass = ofClass.getParent().get();
        }
        return ofClass.getStore(NAMESPACE)
                .getOrComputeIfAbsent(kind, key -> McpSetup.create(servers.server(kind)), McpSetup.class);
    }

    private static Servers servers(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Servers.class, key -> new Servers(), Servers.class);
    }
}
