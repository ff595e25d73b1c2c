package dev.mcpclients.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said about the container files without a container engine. */
final class DockerFilesTest {

    private static final Path DOCKER = Path.of("..", "docker");

    @Test
    void theImageIsTheServerThatIsTested() throws IOException {
        String version = found("<keycloak.server.version>([^<]+)<", Files.readString(Path.of("..", "pom.xml")));

        assertThat(found("ARG KEYCLOAK_VERSION=(\\S+)", Files.readString(DOCKER.resolve("Dockerfile"))))
                .isEqualTo(version);
        String check = Files.readString(
                Path.of("..", "provider/src/main/java/dev/mcpclients/keycloak/doctor/VersionCheck.java"));
        assertThat(found("MINOR = \"([^\"]+)\"", check) + "." + found("NEWEST_PATCH = (\\d+)", check))
                .isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.production.yaml"})
    void composeNamesWhatThereIs(String file) throws IOException {
        JsonNode compose = new YAMLMapper().readTree(Files.readString(DOCKER.resolve(file)));

        for (JsonNode service : compose.path("services")) {
            JsonNode build = service.path("build");
            if (!build.isMissingNode()) {
                assertThat(DOCKER.resolve(build.path("context").asText())
                                .resolve(build.path("dockerfile").asText()))
                        .exists();
            }
            service.path("depends_on").fieldNames().forEachRemaining(other -> assertThat(
                            compose.path("services").has(other))
                    .isTrue());
            for (JsonNode secret : service.path("secrets")) {
                assertThat(compose.path("secrets").has(secret.asText())).isTrue();
            }
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().replaceFirst(":.*", "");
                boolean secret = source.startsWith("./secrets/");
                if (source.startsWith(".") && !secret) {
                    assertThat(DOCKER.resolve(source)).exists();
                }
            }
        }
    }

    @Test
    void productionHasTwoNodesAndNoPasswordInIt() throws IOException {
        String text = Files.readString(DOCKER.resolve("compose.production.yaml"));
        JsonNode compose = new YAMLMapper().readTree(text);

        assertThat(compose.path("services").has("keycloak-1")).isTrue();
        assertThat(compose.path("services").has("keycloak-2")).isTrue();
        assertThat(text).doesNotContainPattern("PASSWORD(_FILE)?: (?!/run/secrets/)");
    }

    @Test
    void productionSaysAtItsTopWhichSecretsItNeeds() throws IOException {
        String text = Files.readString(DOCKER.resolve("compose.production.yaml"));
        String top = text.substring(0, text.indexOf("\nname:"));

        assertThat(Pattern.compile("\\./secrets/([\\w.-]+)")
                        .matcher(text)
                        .results()
                        .map(match -> match.group(1)))
                .hasSizeGreaterThan(4)
                .allSatisfy(secret -> assertThat(top).contains(secret));
    }

    /** Parts of the health answer say UP while the whole is DOWN. */
    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.production.yaml"})
    void aNodeIsHealthyWhenTheStatusSaysSo(String file) throws IOException {
        assertThat(Files.readString(DOCKER.resolve(file)))
                .contains("GET /health/ready", "head -n 1 <&3 | grep -q ' 200 '")
                .doesNotContain("UP");
    }

    @Test
    void theProxyLetsTheRootFormOfRfc8414Through() throws IOException {
        assertThat(Files.readString(DOCKER.resolve("proxy.conf")))
                .containsSubsequence("location /.well-known/", "proxy_pass")
                .contains("proxy_set_header X-Forwarded-For $remote_addr;");
    }

    /** Behind Docker's own addresses there may be anybody. */
    @ParameterizedTest
    @ValueSource(strings = {"/admin/", "/realms/master/"})
    void theProxyKeepsWhatIsForAdminsInside(String path) throws IOException {
        String proxy = Files.readString(DOCKER.resolve("proxy.conf"));
        String location = proxy.substring(proxy.indexOf("location " + path));

        assertThat(location.substring(0, location.indexOf('}')))
                .contains("deny all;")
                .doesNotContain("172.16.");
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
