package dev.mcpclients.keycloak.metadata;

import static dev.mcpclients.keycloak.metadata.Registrations.accepted;
import static dev.mcpclients.keycloak.metadata.Registrations.refused;
import static dev.mcpclients.keycloak.metadata.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.catalogue.Evidence;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule has an input that runs into it, and a text fit for an answer. */
final class RulesAreReachableTest {
    private static final RuleSettings STRICT =
            new RuleSettings(Set.of("a.example"), Set.of(), false, false, true, Evidence.DOMAIN, true);

    /** The refusals of the endpoint need a server: its tests produce them. */
    @ParameterizedTest
    @EnumSource(RefusalRule.class)
    void everyRefusalOfTheRulesHappens(RefusalRule rule) {
        if (rule.place() != RefusalRule.Place.ENDPOINT) {
            RuleSettings settings = needsStrictSettings(rule) ? STRICT : RuleSettings.defaults();
            assertThat(refused(inputFor(rule), settings).rule()).isEqualTo(rule);
        }
    }

    private static boolean needsStrictSettings(RefusalRule rule) {
        return rule == RefusalRule.SOFTWARE_STATEMENT
                || rule == RefusalRule.REDIRECT_URI_HOST_NOT_ALLOWED
                || rule == RefusalRule.REDIRECT_URI_EVIDENCE
                || rule == RefusalRule.LOOK_ALIKE;
    }

    private static String inputFor(RefusalRule rule) {
        String key = "'token_endpoint_auth_method': 'private_key_jwt'";
        return switch (rule) {
            case NOT_AN_OBJECT -> "[]";
            case WRONG_TYPE -> with("'scope': ['a']");
            case TOO_MANY_VALUES -> with("'grant_types': [" + "'x',".repeat(20) + "'x']");
            case SOFTWARE_STATEMENT -> with("'software_statement': 'x.y.z'");
            case GRANT_TYPES_WITHOUT_CODE -> with("'grant_types': ['client_credentials']");
            case RESPONSE_TYPES_WITHOUT_CODE -> with("'response_types': ['token']");
            case AUTH_METHOD_UNKNOWN -> with("'token_endpoint_auth_method': 'tls_client_auth'");
            case JWKS_MISSING -> with(key);
            case JWKS_TWICE -> with(key + ", 'jwks': {}, 'jwks_uri': 'https://app.example/k'");
            case JWKS_INVALID -> with(key + ", 'jwks': {}");
            case JWKS_URI_INVALID -> with(key + ", 'jwks_uri': 'https://evil.example/k'");
            case LOOK_ALIKE -> "{'client_name': 'Claude', 'redirect_uris': ['https://a.example/cb']}";
            case TOO_MANY_REDIRECT_URIS -> "{'redirect_uris': [" + "'https://a.example/',".repeat(20) + "'x']}";
            case REDIRECT_URIS_MISSING -> "{}";
            case REDIRECT_URI_TOO_LONG -> redirectUri("https://a.example/" + "a".repeat(255));
            case REDIRECT_URI_CHARACTERS -> redirectUri("https://a.example/{x}");
            case REDIRECT_URI_NOT_ABSOLUTE -> redirectUri("/cb");
            case REDIRECT_URI_FRAGMENT -> redirectUri("https://a.example/#x");
            case REDIRECT_URI_WILDCARD -> redirectUri("https://*");
            case REDIRECT_URI_SCHEME_DANGEROUS -> redirectUri("vbscript:x");
            case REDIRECT_URI_SCHEME_NOT_ALLOWED -> redirectUri("myapp:/cb");
            case REDIRECT_URI_USERINFO -> redirectUri("https://claude.ai@evil.example/cb");
            case REDIRECT_URI_HOST -> redirectUri("https://a.example./cb");
            case REDIRECT_URI_PORT -> redirectUri("https://a.example:0/cb");
            case REDIRECT_URI_HTTP -> redirectUri("http://a.example/cb");
            case REDIRECT_URI_ENCODING -> redirectUri("https://a.example/%2e");
            case REDIRECT_URI_DOT_SEGMENT -> redirectUri("https://a.example/../cb");
            case REDIRECT_URI_QUERY -> redirectUri("https://a.example/cb?x");
            case REDIRECT_URI_IP_LITERAL -> redirectUri("https://192.0.2.1/cb");
            case REDIRECT_URI_HOST_NOT_ALLOWED -> redirectUri("https://b.example/cb");
            case REDIRECT_URI_EVIDENCE -> redirectUri("http://localhost/cb");
            default -> throw new AssertionError("No input for " + rule);
        };
    }

    private static String redirectUri(String uri) {
        return "{'redirect_uris': ['" + uri + "']}";
    }

    @ParameterizedTest
    @EnumSource(value = RepairRule.class, mode = EnumSource.Mode.EXCLUDE, names = "SCOPE_NOT_OFFERED")
    void everyRepairOfTheRulesHappens(RepairRule rule) {
        assertThat(accepted(inputFor(rule)).repairs()).extracting(Repair::rule).containsExactly(rule);
    }

    private static String inputFor(RepairRule rule) {
        return switch (rule) {
            case REDIRECT_URI_DROPPED -> "{'redirect_uris': ['https://app.example/cb', 'https://*']}";
            case REDIRECT_URI_LOWER_CASE -> "{'redirect_uris': ['https://APP.example/cb']}";
            case GRANT_TYPE_DROPPED -> with("'grant_types': ['authorization_code', 'implicit']");
            case RESPONSE_TYPE_DROPPED -> with("'response_types': ['code', 'token']");
            case CLIENT_NAME_CHANGED -> "{'redirect_uris': ['https://app.example/cb'], 'client_name': '${x}'}";
            case SCOPE_DROPPED -> with("'scope': '" + "a".repeat(Limits.SCOPE + 1) + "'");
            case SOFTWARE_STATEMENT_IGNORED -> with("'software_statement': 'x.y.z'");
            case OWN_MEMBER_DROPPED -> with("'backchannel_logout_uri': 'https://evil.example/'");
            case MEMBER_VALUE_DROPPED ->
                with("'token_endpoint_auth_method': 'client_secret_post', 'request_uris': ['x']");
            case LOGO_NOT_STORED -> with("'logo_uri': 'https://evil.example/logo.png'");
            case CLAIM_DROPPED -> with("'client_uri': 'javascript:alert(1)'");
            case SCOPE_NOT_OFFERED -> throw new AssertionError("The endpoint's");
        };
    }

    @ParameterizedTest
    @EnumSource(RefusalRule.class)
    void everyRefusalHasAFitText(RefusalRule rule) {
        Refusal refusal = new Refusal(rule, "member", "\"<b>\\\u202e\n'}${x}" + "v".repeat(500));
        assertThat(refusal.status()).isBetween(400, 599);
        assertFit(refusal.description());
        assertThat(refusal.description()).endsWith("(" + rule.reference() + ")");
    }

    @ParameterizedTest
    @EnumSource(RepairRule.class)
    void everyRepairHasAFitText(RepairRule rule) {
        assertFit(new Repair("member", "\"<b>\\\u202e\n", rule).text());
    }

    @Test
    void aDroppedRedirectUriSaysWhy() {
        Repair repair = new Repair(
                "redirect_uris", "https://*", RepairRule.REDIRECT_URI_DROPPED, RefusalRule.REDIRECT_URI_WILDCARD);
        assertThat(repair.text()).contains("was not registered").contains("has a wildcard");
    }

    @Test
    void quotesAreShortened() {
        String exact = "v".repeat(Limits.QUOTE);
        assertThat(quoted(exact)).contains(" " + exact + " ");
        assertThat(quoted(exact + "v")).contains(" " + exact + "... ");
        assertThat(quoted("\u202e".repeat(Limits.QUOTE)))
                .contains("[U+202E][U+202E]")
                .contains("... ");
        assertThat(quoted("a\u007fb ~")).contains("a[U+007F]b ~");
    }

    private static String quoted(String value) {
        return new Refusal(RefusalRule.REDIRECT_URI_CHARACTERS, "redirect_uris", value).description();
    }

    /** RFC 6749 section 5.2: %x20-21 / %x23-5B / %x5D-7E. */
    @Property
    void anyValueIsQuotedHarmlessly(@ForAll String value) {
        assertFit(new Refusal(RefusalRule.REDIRECT_URI_CHARACTERS, "redirect_uris", value).description());
        assertFit(new Refusal(RefusalRule.WRONG_TYPE, value, value).description());
    }

    private static void assertFit(String text) {
        assertThat(text)
                .matches("[ !#-\\[\\]-~]+")
                .doesNotContain("{", "}", "<", ">")
                .hasSizeLessThan(500);
    }
}
