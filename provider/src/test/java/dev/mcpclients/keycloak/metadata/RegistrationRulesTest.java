package dev.mcpclients.keycloak.metadata;

import static dev.mcpclients.keycloak.metadata.Registrations.accepted;
import static dev.mcpclients.keycloak.metadata.Registrations.refused;
import static dev.mcpclients.keycloak.metadata.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpclients.keycloak.catalogue.Evidence;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationRulesTest {
    private static final RuleSettings DEFAULTS = RuleSettings.defaults();

    @Test
    void theLeastRegistrationIsAPublicSharedClient() {
        Verdict.Accepted accepted = accepted("{'redirect_uris': ['https://app.example/cb']}");
        Registration registration = accepted.registration();
        assertThat(registration.name()).isEqualTo(DisplayText.UNNAMED);
        assertThat(registration.authMethod()).isEqualTo(AuthMethod.NONE);
        assertThat(registration.kind()).isEqualTo(Kind.SHARED);
        assertThat(registration.grantTypes()).containsExactly("authorization_code", "refresh_token");
        assertThat(registration.responseTypes()).containsExactly("code");
        assertThat(registration.scope()).isNull();
        assertThat(registration.evidence()).isEqualTo(Evidence.DOMAIN);
        assertThat(registration.jwks()).isNull();
        assertThat(registration.jwksUri()).isNull();
        assertThat(registration.ownMembers()).isEmpty();
        assertThat(accepted.repairs()).isEmpty();
    }

    @Test
    void leavesOutWhatItDoesNotKnow() {
        assertThat(accepted(with("'x_vendor': {'a': [1]}, 'client_name#ja': 'x', 'mcp.state': 'approved'")))
                .isEqualTo(accepted(with("")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'token_endpoint_auth_method': null",
                "'token_endpoint_auth_method': ''",
                "'grant_types': []",
                "'response_types': []",
                "'scope': ''",
                "'client_uri': ''",
                "'logo_uri': null",
                "'contacts': []",
                "'jwks': null",
                "'software_statement': ''",
                "'backchannel_logout_uri': null"
            })
    void takesAnEmptyMemberForAnAbsentOne(String member) {
        assertThat(accepted(with(member))).isEqualTo(accepted(with("")));
    }

    // Redirect URIs

    @Test
    void registersTheAllowedRedirectUrisAndSaysWhichItDropped() {
        Verdict.Accepted accepted = accepted("{'redirect_uris': ['javascript:alert(1)', 'https://app.example/cb',"
                + " 'http://evil.example/cb', 'https://app.example/cb']}");
        assertThat(accepted.registration().redirectUris())
                .extracting(RedirectUri::asSent)
                .containsExactly("https://app.example/cb");
        assertThat(accepted.repairs())
                .containsExactly(
                        new Repair(
                                "redirect_uris",
                                "javascript:alert(1)",
                                RepairRule.REDIRECT_URI_DROPPED,
                                RefusalRule.REDIRECT_URI_SCHEME_DANGEROUS),
                        new Repair(
                                "redirect_uris",
                                "http://evil.example/cb",
                                RepairRule.REDIRECT_URI_DROPPED,
                                RefusalRule.REDIRECT_URI_HTTP));
    }

    @Test
    void namesTheFirstRedirectUriWhereNoneIsLeft() {
        Refusal refusal = refused("{'redirect_uris': ['https://evil.example/*', 'http://evil.example/cb']}");
        assertThat(refusal.error()).isEqualTo("invalid_redirect_uri");
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.description())
                .isEqualTo("The redirect URI https://evil.example/* has a wildcard;"
                        + " redirect URIs are compared exactly. (RFC 9700 section 2.1)");
    }

    @Test
    void answersLowerCaseWhereItStoresLowerCase() {
        Verdict.Accepted accepted = accepted("{'redirect_uris': ['HTTPS://App.Example/Cb', 'https://app.example/Cb']}");
        assertThat(accepted.registration().redirectUris())
                .extracting(RedirectUri::asSent)
                .containsExactly("https://app.example/Cb");
        assertThat(accepted.repairs()).extracting(Repair::rule).containsExactly(RepairRule.REDIRECT_URI_LOWER_CASE);
    }

    @Test
    void takesNoMoreRedirectUrisThanTheLimit() {
        assertThat(accepted(redirectUris(Limits.REDIRECT_URIS)).registration().redirectUris())
                .hasSize(Limits.REDIRECT_URIS);
        assertThat(refused(redirectUris(Limits.REDIRECT_URIS + 1)).rule())
                .isEqualTo(RefusalRule.TOO_MANY_REDIRECT_URIS);
        assertThat(refused(redirectUris(500)).error()).isEqualTo("invalid_redirect_uri");
    }

    private static String redirectUris(int count) {
        return "{'redirect_uris': ["
                + String.join(
                        ",",
                        IntStream.range(0, count)
                                .mapToObj(i -> "'https://app.example/" + i + "'")
                                .toList())
                + "]}";
    }

    @ParameterizedTest
    @CsvSource({
        "com.raycast:/oauth, true",
        "com.example.app:/cb, true",
        "io.github.user.app://cb, true",
        "xn--p1ai.example:/cb, true",
        "cursor://anysphere.cursor-mcp/oauth/callback, true",
        "cursor://anysphere.cursor-mcp/oauth/other, false",
        "cursor://anysphere.cursor-deeplink/mcp/install, false",
        "cursor:/cb, false",
        "myapp:/cb, false",
        "vscode://vendor.extension/cb, false",
        "com:/cb, false",
        "com.:/cb, false",
        "com..app:/cb, false",
        "c0m.example:/cb, false",
        "com.example+app:/cb, false",
        "com.-example:/cb, false",
        "x.y:/cb, false"
    })
    void allowsReversedDomainsAndExactUrisOfTheCatalogue(String uri, boolean allowed) {
        assertAllowed(uri, DEFAULTS, allowed, RefusalRule.REDIRECT_URI_SCHEME_NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "com.raycast:/oauth, true",
        "cursor://anysphere.cursor-mcp/oauth/callback, true",
        "com.example.app:/cb, false",
        "myapp:/cb, true",
        "MyApp:/cb, true",
        "myapp2:/cb, false"
    })
    void allowsSchemesBySetting(String uri, boolean allowed) {
        RuleSettings settings = new RuleSettings(Set.of(), Set.of("MyApp"), false, false, false, Evidence.NONE, false);
        assertAllowed(uri, settings, allowed, RefusalRule.REDIRECT_URI_SCHEME_NOT_ALLOWED);
    }

    /** No setting lets these in. */
    @Test
    void neverAllowsADangerousScheme() {
        RuleSettings settings =
                new RuleSettings(Set.of(), Set.of("javascript", "file"), true, true, false, Evidence.NONE, false);
        assertAllowed("javascript:/alert", settings, false, RefusalRule.REDIRECT_URI_SCHEME_DANGEROUS);
        assertAllowed("file:///etc/passwd", settings, false, RefusalRule.REDIRECT_URI_SCHEME_DANGEROUS);
    }

    @ParameterizedTest
    @CsvSource({
        "https://claude.ai/cb, true",
        "https://CLAUDE.ai/cb, true",
        "https://app.corp.example/cb, true",
        "https://a.b.corp.example/cb, true",
        "https://corp.example/cb, false",
        "https://evilcorp.example/cb, false",
        "https://.corp.example/cb, false",
        "https://claude.ai.evil.example/cb, false",
        "https://sub.claude.ai/cb, false",
        "https://evil.example/cb, false",
        "http://localhost:3118/callback, true",
        "com.raycast:/oauth, true"
    })
    void holdsHttpsToTheHostList(String uri, boolean allowed) {
        RuleSettings settings = new RuleSettings(
                Set.of("claude.ai", "*.Corp.example"), Set.of(), true, false, false, Evidence.NONE, false);
        RefusalRule rule =
                uri.contains("//.") ? RefusalRule.REDIRECT_URI_HOST : RefusalRule.REDIRECT_URI_HOST_NOT_ALLOWED;
        assertAllowed(uri, settings, allowed, rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://192.0.2.1/cb",
                "https://10.0.0.1/cb",
                "https://[2001:db8::1]/cb",
                "https://[::ffff:7f00:1]/cb"
            })
    void allowsAddressesBySettingOnly(String uri) {
        assertAllowed(uri, DEFAULTS, false, RefusalRule.REDIRECT_URI_IP_LITERAL);
        RuleSettings settings = new RuleSettings(Set.of(), Set.of(), true, true, false, Evidence.NONE, false);
        assertAllowed(uri, settings, true, RefusalRule.REDIRECT_URI_IP_LITERAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/cb?x=1",
                "https://app.example/cb?",
                "http://localhost:1/cb?x=1",
                "com.example.app:/cb?x",
                "https://claude.ai/api/mcp/auth_callback?x=1"
            })
    void allowsNoQuery(String uri) {
        assertAllowed(uri, DEFAULTS, false, RefusalRule.REDIRECT_URI_QUERY);
    }

    @Test
    void dropsRedirectUrisBelowTheMinimumOfEvidence() {
        RuleSettings settings = new RuleSettings(Set.of(), Set.of(), true, false, false, Evidence.KNOWN, false);
        Verdict.Accepted accepted = accepted(
                "{'redirect_uris': ['https://evil.example/cb', 'https://claude.ai/api/mcp/auth_callback']}", settings);
        assertThat(accepted.registration().evidence()).isEqualTo(Evidence.KNOWN);
        assertThat(accepted.repairs()).extracting(Repair::cause).containsExactly(RefusalRule.REDIRECT_URI_EVIDENCE);
        assertAllowed("http://localhost:1/callback", settings, false, RefusalRule.REDIRECT_URI_EVIDENCE);
    }

    @Test
    void evidenceIsThatOfTheWeakestRedirectUri() {
        assertThat(accepted("{'redirect_uris': ['https://claude.ai/api/mcp/auth_callback']}")
                        .registration()
                        .evidence())
                .isEqualTo(Evidence.KNOWN);
        assertThat(accepted("{'redirect_uris': ['https://claude.ai/api/mcp/auth_callback', 'https://evil.example/cb']}")
                        .registration()
                        .evidence())
                .isEqualTo(Evidence.DOMAIN);
    }

    private static void assertAllowed(String uri, RuleSettings settings, boolean allowed, RefusalRule rule) {
        Verdict verdict = Registrations.judge("{'redirect_uris': ['" + uri + "']}", settings);
        if (allowed) {
            assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        } else {
            assertThat(verdict).isEqualTo(new Verdict.Refused(new Refusal(rule, "redirect_uris", uri)));
        }
    }

    // Grants, response types, authentication

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['client_credentials']",
                "['refresh_token']",
                "['password']",
                "['implicit', 'refresh_token']",
                "['urn:ietf:params:oauth:grant-type:device_code']",
                "['AUTHORIZATION_CODE']"
            })
    void refusesGrantTypesWithoutTheCode(String grantTypes) {
        Refusal refusal = refused(with("'grant_types': " + grantTypes));
        assertThat(refusal.rule()).isEqualTo(RefusalRule.GRANT_TYPES_WITHOUT_CODE);
        assertThat(refusal.error()).isEqualTo("invalid_client_metadata");
    }

    @Test
    void cutsGrantTypes() {
        Verdict.Accepted accepted = accepted(with("'grant_types': ['client_credentials', 'refresh_token',"
                + " 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'authorization_code', 'implicit']"));
        assertThat(accepted.registration().grantTypes()).containsExactly("authorization_code", "refresh_token");
        assertThat(accepted.repairs())
                .extracting(Repair::value)
                .containsExactly("client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer", "implicit");
    }

    @Test
    void leavesTheCodeGrantAlone() {
        assertThat(accepted(with("'grant_types': ['authorization_code']"))
                        .registration()
                        .grantTypes())
                .containsExactly("authorization_code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"['token']", "['id_token']", "['code token']", "['code id_token', 'none']"})
    void refusesResponseTypesWithoutTheCode(String responseTypes) {
        assertThat(refused(with("'response_types': " + responseTypes)).rule())
                .isEqualTo(RefusalRule.RESPONSE_TYPES_WITHOUT_CODE);
    }

    @Test
    void cutsResponseTypes() {
        Verdict.Accepted accepted = accepted(with("'response_types': ['token', 'code', 'code id_token']"));
        assertThat(accepted.registration().responseTypes()).containsExactly("code");
        assertThat(accepted.repairs()).extracting(Repair::value).containsExactly("token", "code id_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"client_secret_jwt", "tls_client_auth", "self_signed_tls_client_auth", "NONE", "x", " none"})
    void refusesOtherAuthenticationAndNamesOurs(String method) {
        Refusal refusal = refused(with("'token_endpoint_auth_method': '" + method + "'"));
        assertThat(refusal.rule()).isEqualTo(RefusalRule.AUTH_METHOD_UNKNOWN);
        assertThat(refusal.description())
                .contains(method)
                .contains("none, client_secret_post, client_secret_basic or private_key_jwt");
    }

    @ParameterizedTest
    @EnumSource(AuthMethod.class)
    void whoAuthenticatesHasAClientOfItsOwn(AuthMethod method) {
        String keys = method == AuthMethod.PRIVATE_KEY_JWT ? ", 'jwks_uri': 'https://app.example/jwks.json'" : "";
        Registration registration = accepted(with("'token_endpoint_auth_method': '" + method.wire() + "'" + keys))
                .registration();
        assertThat(registration.authMethod()).isEqualTo(method);
        assertThat(registration.kind()).isEqualTo(method == AuthMethod.NONE ? Kind.SHARED : Kind.OWN);
        assertThat(registration.jwksUri() != null).isEqualTo(method == AuthMethod.PRIVATE_KEY_JWT);
    }

    // Keys

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example/jwks.json",
                "https://other.example/jwks.json",
                "https://app.example:8443/jwks.json",
                "https://app.example",
                "https://app.example@evil.example/jwks.json",
                "https://app.example/jwks.json#x",
                "https://app.example.evil.example/jwks.json",
                "https://127.0.0.1/jwks.json",
                "https://169.254.169.254/jwks.json",
                "https://localhost/jwks.json",
                "https://[::1]/jwks.json",
                "file:///etc/passwd",
                "jwks.json"
            })
    void fetchesKeysFromAHostOfTheRedirectUrisOnly(String uri) {
        assertThat(refused(privateKey("'jwks_uri': '" + uri + "'")))
                .isEqualTo(new Refusal(RefusalRule.JWKS_URI_INVALID, "jwks_uri", uri));
    }

    /** Keycloak would fetch them itself: no address of the own network, also where the redirect URIs name it. */
    @ParameterizedTest
    @ValueSource(strings = {"https://localhost", "https://intranet", "https://keys.internal", "https://192.0.2.1"})
    void fetchesNoKeysFromTheOwnNetwork(String origin) {
        RuleSettings settings = new RuleSettings(Set.of(), Set.of(), true, true, false, Evidence.NONE, false);
        String json = "{'redirect_uris': ['" + origin + "/cb'], 'token_endpoint_auth_method': 'private_key_jwt',"
                + " 'jwks_uri': '" + origin + "/jwks.json'}";
        assertThat(refused(json, settings).rule()).isEqualTo(RefusalRule.JWKS_URI_INVALID);
    }

    @Test
    void takesPublicKeys() {
        Registration registration = accepted(
                        privateKey(
                                "'jwks': {'keys': [{'kty': 'EC', 'crv': 'P-256', 'x': 'a', 'y': 'b'},"
                                        + " {'kty': 'RSA', 'n': 'a', 'e': 'AQAB'}, {'kty': 'OKP', 'crv': 'Ed25519', 'x': 'a'}]}"))
                .registration();
        assertThat(registration.jwks()).isNotNull();
        assertThat(registration.jwksUri()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'keys': {}}",
                "{'keys': []}",
                "{'keys': ['x']}",
                "{'keys': [{}]}",
                "{'keys': [{'kty': 'oct', 'k': 'secret'}]}",
                "{'keys': [{'kty': 'RSA', 'n': 'a', 'e': 'AQAB', 'd': 'private'}]}",
                "{'keys': [{'kty': 'EC', 'k': 'x'}]}",
                "{'keys': [{'kty': 'RSA'},{'kty': 'RSA'},{'kty': 'RSA'},{'kty': 'RSA'},{'kty': 'RSA'},{'kty': 'RSA'},"
                        + "{'kty': 'RSA'},{'kty': 'RSA'},{'kty': 'RSA'},{'kty': 'RSA'},{'kty': 'RSA'}]}"
            })
    void refusesKeySetsThatAreNotPublicKeys(String jwks) {
        assertThat(refused(privateKey("'jwks': " + jwks)).rule()).isEqualTo(RefusalRule.JWKS_INVALID);
    }

    @Test
    void refusesAKeySetThatIsTooLong() {
        String key = "{'kty': 'RSA', 'n': '" + "a".repeat(Limits.KEY_SET) + "'}";
        assertThat(refused(privateKey("'jwks': {'keys': [" + key + "]}")).rule())
                .isEqualTo(RefusalRule.JWKS_INVALID);
    }

    private static String privateKey(String members) {
        return with("'token_endpoint_auth_method': 'private_key_jwt', " + members);
    }

    // Members of one client

    /** What the first registrant asks for does not stick to a client that everybody shares. */
    @ParameterizedTest
    @EnumSource(OwnMember.class)
    void aSharedClientTakesNothingButItsFingerprint(OwnMember member) {
        Verdict.Accepted plain = accepted(with(""));
        Verdict.Accepted accepted = accepted(with("'" + member.wire() + "': " + value(member)));
        assertThat(accepted.registration()).isEqualTo(plain.registration());
        assertThat(accepted.repairs())
                .singleElement()
                .satisfies(repair -> assertThat(repair.rule()).isEqualTo(RepairRule.OWN_MEMBER_DROPPED))
                .satisfies(repair -> assertThat(repair.text()).contains(member.wire()));
    }

    @Test
    void aSharedClientTakesNoKeys() {
        Verdict.Accepted accepted = accepted(with("'jwks_uri': 'https://app.example/jwks.json', 'jwks': {'keys': []}"));
        assertThat(accepted.registration()).isEqualTo(accepted(with("")).registration());
        assertThat(accepted.repairs()).extracting(Repair::member).containsExactly("jwks_uri", "jwks");
    }

    @ParameterizedTest
    @EnumSource(OwnMember.class)
    void anOwnClientTakesTheHarmlessFew(OwnMember member) {
        Verdict.Accepted accepted = accepted(
                with("'token_endpoint_auth_method': 'client_secret_post', '" + member.wire() + "': " + value(member)));
        boolean few = Set.of(
                        "token_endpoint_auth_signing_alg",
                        "id_token_signed_response_alg",
                        "dpop_bound_access_tokens",
                        "require_pushed_authorization_requests")
                .contains(member.wire());
        assertThat(accepted.registration().ownMembers().containsKey(member.wire()))
                .isEqualTo(few);
        assertThat(accepted.repairs()).hasSize(few ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "HS512", "RSA1_5", "es256"})
    void anOwnClientTakesNoWeakAlgorithm(String algorithm) {
        Verdict.Accepted accepted = accepted(with("'token_endpoint_auth_method': 'client_secret_post',"
                + " 'id_token_signed_response_alg': '" + algorithm + "'"));
        assertThat(accepted.registration().ownMembers()).isEmpty();
        assertThat(accepted.repairs()).extracting(Repair::rule).containsExactly(RepairRule.MEMBER_VALUE_DROPPED);
    }

    private static String value(OwnMember member) {
        if (member.takes("true")) {
            return "true";
        }
        return member.takes("ES256") ? "'ES256'" : "'https://evil.example/x'";
    }

    // Names, scope, claims

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Claude ${msg} Code|Claude {msg} Code
                    <b>App</b>|bApp/b
                    A\u202ebc|Abc
                    A\u200bpp|App
                    A  pp|A pp
                    """)
    void makesNamesHarmless(String sent, String name) {
        Verdict.Accepted accepted = accepted(
                "{'redirect_uris': ['https://app.example/cb'], 'client_name': '" + sent.translateEscapes() + "'}");
        assertThat(accepted.registration().name()).isEqualTo(name);
        assertThat(accepted.registration().claims().clientName()).isEqualTo(name);
        assertThat(accepted.repairs()).extracting(Repair::rule).containsExactly(RepairRule.CLIENT_NAME_CHANGED);
    }

    @ParameterizedTest
    @ValueSource(ints = {81, 300, 10_000})
    void shortensNames(int length) {
        Registration registration = accepted(
                        "{'redirect_uris': ['https://app.example/cb'], 'client_name': '" + "n".repeat(length) + "'}")
                .registration();
        assertThat(registration.name()).hasSize(Limits.NAME).endsWith("…");
        assertThat(registration.claims().clientName()).hasSizeLessThanOrEqualTo(Limits.CLAIM);
    }

    @Test
    void theSharedNameIsTheProductsAndTheClaimIsTheRegistrants() {
        Verdict.Accepted accepted =
                accepted("{'redirect_uris': ['http://localhost:1/callback'], 'client_name': 'Claude Code (github)'}");
        assertThat(accepted.registration().name()).isEqualTo("Claude Code");
        assertThat(accepted.registration().claims().clientName()).isEqualTo("Claude Code (github)");
        assertThat(accepted.repairs()).isEmpty();
    }

    @Test
    void aNameSaysNothingAboutVerification() {
        Registration registration = accepted("{'redirect_uris': ['https://evil.example/cb'],"
                        + " 'client_name': 'Claude Code (verified by Anthropic)'}")
                .registration();
        assertThat(registration.name()).isEqualTo("Claude Code");
        assertThat(registration.evidence()).isEqualTo(Evidence.DOMAIN);
    }

    @Test
    void scopeShapesTheAnswerOnly() {
        Registration registration =
                accepted(with("'scope': 'openid tools:read'")).registration();
        assertThat(registration.scope()).isEqualTo("openid tools:read");
        assertThat(registration.fingerprint())
                .isEqualTo(accepted(with("")).registration().fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00e9", "a\\tb", "a\\u0000", "a \\\\ b", " ", "a\\nb"})
    void ignoresAMalformedScope(String scope) {
        Verdict.Accepted accepted = accepted(with("'scope': '" + scope + "'"));
        assertThat(accepted.registration().scope()).isNull();
        assertThat(accepted.repairs()).extracting(Repair::rule).containsExactly(RepairRule.SCOPE_DROPPED);
    }

    @Test
    void takesTheLongestScopeAndClaim() {
        String scope = "s".repeat(Limits.SCOPE);
        assertThat(accepted(with("'scope': '" + scope + "'")).registration().scope())
                .isEqualTo(scope);
        String uri = "https://app.example/" + "a".repeat(Limits.CLAIM - "https://app.example/".length());
        assertThat(accepted(with("'client_uri': '" + uri + "'"))
                        .registration()
                        .claims()
                        .clientUri())
                .isEqualTo(uri);
        assertThat(accepted(with("'client_uri': '" + uri + "a'"))
                        .registration()
                        .claims()
                        .clientUri())
                .isNull();
    }

    @Test
    void takesAsManyKeysAsTheLimit() {
        String keys = String.join(",", Collections.nCopies(Limits.KEYS, "{'kty': 'RSA', 'n': 'a', 'e': 'AQAB'}"));
        assertThat(accepted(privateKey("'jwks': {'keys': [" + keys + "]}"))
                        .registration()
                        .jwks())
                .isNotNull();
    }

    @Test
    void aClientWithASecretTakesNoKeys() {
        Verdict.Accepted accepted = accepted(
                with("'token_endpoint_auth_method': 'client_secret_basic', 'jwks_uri': 'https://app.example/k'"));
        assertThat(accepted.registration().jwksUri()).isNull();
        assertThat(accepted.repairs()).extracting(Repair::rule).containsExactly(RepairRule.MEMBER_VALUE_DROPPED);
    }

    @Test
    void keepsClaimsToShow() {
        Claims claims = accepted(
                        with(
                                """
                                'client_uri': 'https://app.example/', 'contacts': ['a@app.example', '\\u200b'],
                                'software_id': 'x', 'software_version': '1<2', 'application_type': 'native',
                                'tos_uri': 'javascript:alert(1)', 'policy_uri': 'http://app.example/policy'
                                """))
                .registration()
                .claims();
        assertThat(claims)
                .isEqualTo(new Claims(
                        "App",
                        "https://app.example/",
                        List.of("a@app.example"),
                        "x",
                        "12",
                        "native",
                        null,
                        "http://app.example/policy"));
        assertThat(Claims.fromJson(claims.toJson())).isEqualTo(claims);
    }

    @Test
    void claimsOfNothingAreEmptyJson() {
        Claims claims = accepted("{'redirect_uris': ['https://app.example/cb']}")
                .registration()
                .claims();
        assertThat(claims.toJson()).isEmpty();
        assertThat(Claims.fromJson(claims.toJson())).isEqualTo(claims);
    }

    @Test
    void boundsContacts() {
        String contacts = String.join(
                ",",
                IntStream.range(0, 15).mapToObj(i -> "'c" + i + "@a.example'").toList());
        Verdict.Accepted accepted = accepted(with("'contacts': [" + contacts + "]"));
        assertThat(accepted.registration().claims().contacts()).hasSize(Limits.CONTACTS);
        assertThat(accepted.repairs()).hasSize(5).allMatch(repair -> repair.rule() == RepairRule.CLAIM_DROPPED);
    }

    // Who is the same software

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'client_name': 'A', 'redirect_uris': ['http://localhost:1/cb', 'https://a.example/cb']}",
                "{'client_name': 'A', 'redirect_uris': ['https://a.example/cb', 'http://127.0.0.1/cb']}",
                "{'client_name': ' A ', 'redirect_uris': ['https://A.example/cb', 'http://[::1]:9/cb']}",
                "{'client_name': 'A', 'redirect_uris': ['https://a.example/cb', 'http://127.0.0.1/cb', '*'],"
                        + " 'token_endpoint_auth_method': 'none', 'scope': 'x', 'software_id': 'y', 'grant_types':"
                        + " ['authorization_code'], 'client_uri': 'https://b.example/', 'logo_uri': 'https://b.example/'}"
            })
    void isTheSameSoftware(String json) {
        assertThat(accepted(json).registration().fingerprint())
                .isEqualTo(accepted(
                                "{'client_name': 'A', 'redirect_uris': ['http://localhost/cb', 'https://a.example/cb']}")
                        .registration()
                        .fingerprint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'client_name': 'a', 'redirect_uris': ['https://a.example/cb']}",
                "{'client_name': '\u0410', 'redirect_uris': ['https://a.example/cb']}",
                "{'redirect_uris': ['https://a.example/cb']}",
                "{'client_name': 'A', 'redirect_uris': ['https://a.example/CB']}",
                "{'client_name': 'A', 'redirect_uris': ['https://a.example:443/cb']}",
                "{'client_name': 'A', 'redirect_uris': ['https://a.example/cb/']}",
                "{'client_name': 'A', 'redirect_uris': ['https://a.example/cb', 'https://b.example/cb']}",
                "{'client_name': 'A', 'redirect_uris': ['https://a.example/cb'],"
                        + " 'token_endpoint_auth_method': 'client_secret_post'}"
            })
    void isOtherSoftware(String json) {
        assertThat(accepted(json).registration().fingerprint())
                .isNotEqualTo(accepted("{'client_name': 'A', 'redirect_uris': ['https://a.example/cb']}")
                        .registration()
                        .fingerprint());
    }

    /** One software, but a redirect URI for every connection: the shared client has to get each. */
    @Test
    void tellsTheRedirectUrisOfOneConnection() {
        String json = "{'client_name': 'ChatGPT', 'redirect_uris': ['https://chatgpt.com/connector/oauth/%s',"
                + " 'https://chatgpt.com/connector_platform_oauth_redirect']}";
        Registration one = accepted(json.formatted("one")).registration();
        Registration two = accepted(json.formatted("two")).registration();
        assertThat(one.fingerprint()).isEqualTo(two.fingerprint());
        assertThat(two.connectionUris())
                .extracting(RedirectUri::asSent)
                .containsExactly("https://chatgpt.com/connector/oauth/two");
        assertThat(accepted(with("")).registration().connectionUris()).isEmpty();
        assertThat(accepted("{'client_name': 'My App', 'redirect_uris': ['http://localhost:1/callback/one']}")
                        .registration()
                        .connectionUris())
                .isEmpty();
    }

    /** A shared client is a function of its fingerprint: whoever comes second finds his redirect URIs in it. */
    @Test
    void exactLoopbackPortsAreOtherSoftware() {
        assertThat(accepted("{'redirect_uris': ['https://localhost:1/cb']}")
                        .registration()
                        .fingerprint())
                .isNotEqualTo(accepted("{'redirect_uris': ['https://localhost:2/cb']}")
                        .registration()
                        .fingerprint());
    }
}
