package dev.mcpclients.keycloak.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpclients.keycloak.catalogue.Evidence;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.provider.ProviderConfigProperty;

class RegistrationSettingsTest {

    private static MultivaluedHashMap<String, String> config(String... entries) {
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        config.putSingle("admission", "open");
        for (int i = 0; i < entries.length; i += 2) {
            config.put(entries[i], List.of(entries[i + 1].split(",")));
        }
        return config;
    }

    @Test
    void defaultsLetEveryRealClientInAndNothingElse() {
        RegistrationSettings settings = RegistrationSettings.parse(config());
        assertThat(settings.rules().allowedHosts()).isEmpty();
        assertThat(settings.rules().ipLiterals()).isFalse();
        assertThat(settings.rules().privateUseSchemes()).isTrue();
        assertThat(settings.rules().minimumEvidence()).isEqualTo(Evidence.NONE);
        assertThat(settings.bounds().pending()).isEqualTo(1000);
        assertThat(settings.bounds().unused()).isEqualTo(1000);
        assertThat(settings.waiting()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.requestExpiry()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.keepAddresses()).isTrue();
        assertThat(settings.mails()).isEqualTo(new MailSettings(Duration.ofDays(3), 20, 100));
        assertThat(settings.mails().reminds()).isTrue();
        assertThat(settings.defaultResource()).isNull();
        assertThat(settings.openidDiscovery()).isFalse();
        assertThat(settings.fixedTokens()).isEmpty();
    }

    @Test
    void readsEachKey() {
        RegistrationSettings settings = RegistrationSettings.parse(config(
                "admission", "closed",
                "allowed-hosts", "Claude.ai,*.example.com",
                "allowed-schemes", "cursor",
                "reversed-domain-schemes", "false",
                "ip-literals", "true",
                "software-statement", "refuse",
                "minimum-evidence", "domain",
                "max-pending", "5",
                "max-unused", "6",
                "wait-minutes", "7",
                "request-expiry-days", "8",
                "keep-addresses", "false",
                "reminder-days", "0",
                "mail-digest-after", "9",
                "mail-max-receivers", "10",
                "default-resource", "https://mcp.example/mcp",
                "allowed-origins", "https://app.example",
                "openid-discovery", "true",
                "fixed-initial-access-tokens", "ci=sha256:" + "a".repeat(64)));
        assertThat(settings.isOpen()).isFalse();
        assertThat(settings.rules().allowedHosts()).containsExactlyInAnyOrder("claude.ai", "*.example.com");
        assertThat(settings.rules().allowedSchemes()).containsExactly("cursor");
        assertThat(settings.rules().privateUseSchemes()).isFalse();
        assertThat(settings.rules().ipLiterals()).isTrue();
        assertThat(settings.rules().refuseSoftwareStatement()).isTrue();
        assertThat(settings.rules().minimumEvidence()).isEqualTo(Evidence.DOMAIN);
        assertThat(settings.bounds().pending()).isEqualTo(5);
        assertThat(settings.bounds().unused()).isEqualTo(6);
        assertThat(settings.waiting()).isEqualTo(Duration.ofMinutes(7));
        assertThat(settings.requestExpiry()).isEqualTo(Duration.ofDays(8));
        assertThat(settings.keepAddresses()).isFalse();
        assertThat(settings.mails()).isEqualTo(new MailSettings(Duration.ZERO, 9, 10));
        assertThat(settings.mails().reminds()).isFalse();
        assertThat(settings.defaultResource()).isEqualTo("https://mcp.example/mcp");
        assertThat(settings.allowedOrigins()).containsExactly("https://app.example");
        assertThat(settings.openidDiscovery()).isTrue();
        assertThat(settings.fixedTokens()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "admission,everybody",
        "ip-literals,maybe",
        "software-statement,{accept}",
        "minimum-evidence,some",
        "max-pending,0",
        "max-unused,many",
        "wait-minutes,100000",
        "keep-addresses,sometimes",
        "reminder-days,-1",
        "mail-digest-after,0",
        "mail-max-receivers,0",
        "allowed-hosts,https://app.example.com",
        "allowed-hosts,app.example.com:8443",
        "allowed-hosts,*",
        "allowed-hosts,*.*.example.com",
        "allowed-schemes,com.example.app://",
        "allowed-schemes,com.example.app:",
        "allowed-origins,https://app.example.com/",
        "allowed-origins,app.example.com",
        "allowed-origins,*",
        "default-resource,mcp.example.com/mcp",
        "default-resource,https://mcp.example.com/mcp#tools",
    })
    void refusesWhatItCannotReadNamingKeyAndValue(String key, String value) {
        assertThatThrownBy(() -> RegistrationSettings.parse(config(key, value)))
                .isInstanceOfSatisfying(ComponentValidationException.class, refused -> assertThat(
                                MessageFormat.format(refused.getMessage(), refused.getParameters()))
                        .contains(key, value));
    }

    /** Keycloak takes it for a format where somebody saves, and writes it into the log where a realm is imported. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "it's {0} or {x}"})
    void theMessageCanBeReadWithAndWithoutFormatting(String value) {
        assertThatThrownBy(() -> RegistrationSettings.parse(config("max-unused", value)))
                .isInstanceOfSatisfying(ComponentValidationException.class, refused -> {
                    assertThat(refused.getMessage())
                            .startsWith("max-unused is ")
                            .contains("a whole number from 1 to");
                    assertThat(MessageFormat.format(refused.getMessage(), refused.getParameters()))
                            .startsWith("max-unused is " + value + "; it is");
                });
    }

    @Test
    void aMissingAdmissionIsNoAdmission() {
        assertThatThrownBy(() -> RegistrationSettings.parse(new MultivaluedHashMap<>()))
                .isInstanceOf(ComponentValidationException.class);
    }

    @Test
    void aTokenInClearIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> RegistrationSettings.parse(config("fixed-initial-access-tokens", "ci=hunter2")))
                .isInstanceOfSatisfying(ComponentValidationException.class, refused -> assertThat(
                                MessageFormat.format(refused.getMessage(), refused.getParameters()))
                        .contains("sha256", "${vault.key}")
                        .doesNotContain("hunter2"));
    }

    @Test
    void theAdminConsoleOffersEverySettingWithLabelAndHelp() {
        List<ProviderConfigProperty> properties = RegistrationSettings.properties();
        assertThat(properties).allSatisfy(property -> {
            assertThat(property.getLabel()).isNotBlank();
            assertThat(property.getHelpText()).isNotBlank();
        });
        Set<String> admissions = Set.copyOf(properties.get(0).getOptions());
        assertThat(admissions)
                .isEqualTo(
                        Arrays.stream(Admission.values()).map(Admission::wire).collect(Collectors.toSet()));
    }
}
