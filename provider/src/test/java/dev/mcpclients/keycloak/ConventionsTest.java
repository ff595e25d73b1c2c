package dev.mcpclients.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;
import org.keycloak.provider.ProviderFactory;

/** What holds for every provider that this JAR registers. */
class ConventionsTest {

    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

    static List<ProviderFactory<?>> factories() throws Exception {
        try (Stream<Path> files = Files.list(SERVICES)) {
            return files.flatMap(ConventionsTest::lines)
                    .<ProviderFactory<?>>map(ConventionsTest::create)
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().filter(line -> !line.isBlank());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProviderFactory<?> create(String name) {
        try {
            return Class.forName(name)
                    .asSubclass(ProviderFactory.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }

    @ParameterizedTest
    @MethodSource("factories")
    void carriesOurPrefix(ProviderFactory<?> factory) {
        assertThat(factory.getId()).matches(takesTheIdOf(factory).orElse("mcp(-[a-z-]+)?"));
    }

    /** A factory that stands in for one of Keycloak's, which clients name by its id. */
    private static Optional<String> takesTheIdOf(ProviderFactory<?> factory) {
        return factory instanceof OIDCLoginProtocolFactory
                ? Optional.of(OIDCLoginProtocol.LOGIN_PROTOCOL)
                : Optional.empty();
    }

    @Test
    void everyServiceFileNamesAnInterfaceItsFactoriesImplement() throws Exception {
        try (Stream<Path> files = Files.list(SERVICES)) {
            for (Path file : files.toList()) {
                Class<?> service = Class.forName(file.getFileName().toString());
                assertThat(lines(file)).isNotEmpty().allSatisfy(name -> assertThat(create(name))
                        .isInstanceOf(service));
            }
        }
    }

    /** Without it Keycloak's REST layer does not index our JAX-RS classes. */
    @Test
    void theJarIsIndexed() {
        assertThat(SERVICES.resolveSibling("beans.xml")).exists();
    }
}
