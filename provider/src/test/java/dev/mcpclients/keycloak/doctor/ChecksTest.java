package dev.mcpclients.keycloak.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.Profile;

/** The parts of checks that need no server. */
final class ChecksTest {

    @ParameterizedTest
    @ValueSource(strings = {"26.7.0", "26.7.1", "26.7.3", "26.7.3.redhat-00001", "26.7.2-SNAPSHOT"})
    void knowsTestedServers(String version) {
        assertThat(VersionCheck.examine(version)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "26.7.4, INFO",
        "26.6.9, WARNING",
        "26.8.0, WARNING",
        "27.0.0, WARNING",
        "999.0.0-SNAPSHOT, WARNING",
        "?, WARNING"
    })
    void tellsOfOtherServers(String version, Severity severity) {
        assertThat(VersionCheck.examine(version)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.what()).contains(version);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "https://sso.example.com/realms/a, true",
        "http://localhost:8080/realms/a, true",
        "http://127.0.0.1:8080/realms/a, true",
        "http://[::1]:8080/realms/a, true",
        "http://kc.localhost/realms/a, true",
        "http://sso.example.com/realms/a, false",
        "http://localhost.example.com/realms/a, false",
        "http://127.0.0.1.nip.io/realms/a, false"
    })
    void wantsHttpsOutsideThisComputer(URI issuer, boolean safe) {
        assertThat(IssuerCheck.isSafe(issuer)).isEqualTo(safe);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "10.0.0.1, -, -, true",
                "10.0.0.1, -, 203.0.113.7, false",
                "203.0.113.7, -, 203.0.113.7, true",
                "203.0.113.7, -, '203.0.113.7, 10.0.0.2', true",
                "203.0.113.7, for=203.0.113.7;proto=https, -, true",
                "2001:db8::1, 'for=\"[2001:db8::1]:4711\";proto=https', -, true",
                "203.0.113.7, for=203.0.113.7:4711, -, true",
                "10.0.0.1, for=203.0.113.7, -, false"
            })
    void seesWhetherTheProxyIsListenedTo(
            String seen, @Nullable String forwarded, @Nullable String forwardedFor, boolean listened) {
        assertThat(ClientAddressCheck.isSeen(seen, forwarded, forwardedFor)).isEqualTo(listened);
    }

    @ParameterizedTest
    @CsvSource({"RESOURCE_INDICATORS, resource-indicators", "CIMD, cimd"})
    void namesExperimentalFeaturesThatCollide(Profile.Feature feature, String key) {
        assertThat(FeaturesCheck.examine(feature::equals)).singleElement().satisfies(finding -> {
            assertThat(finding.what()).contains(key);
            assertThat(finding.command()).isEqualTo("kc.sh build --features=authorization:v1");
        });
        assertThat(FeaturesCheck.examine(Profile.Feature.DPOP::equals)).isEmpty();
    }

    @Test
    void leavesOtherFeaturesOn() {
        Set<Profile.Feature> on =
                Set.of(Profile.Feature.CIMD, Profile.Feature.RESOURCE_INDICATORS, Profile.Feature.SCRIPTS);
        assertThat(FeaturesCheck.examine(on::contains))
                .extracting(Finding::command)
                .containsExactly("kc.sh build --features=scripts:v1", "kc.sh build --features=scripts:v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "two words", "it's", "$(reboot)", "a\"b"})
    void quotesWhatAShellWouldRead(String text) throws Exception {
        Process shell = new ProcessBuilder(List.of("sh", "-c", "printf %s " + Command.words(text))).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, --spi-security-profile--provider=mcp-global-policy",
        "false, true, --features=client-policies"
    })
    void tellsWhereErrorsAreRedirected(boolean policies, boolean inForce, String mending) {
        assertThat(ErrorPagesCheck.examine(policies, inForce))
                .singleElement()
                .satisfies(finding -> assertThat(finding.command()).endsWith(mending));
        assertThat(ErrorPagesCheck.examine(true, true)).isEmpty();
    }
}
