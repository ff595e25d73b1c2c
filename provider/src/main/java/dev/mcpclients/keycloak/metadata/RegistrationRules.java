package dev.mcpclients.keycloak.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.KnownClient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges what a client says about itself: repairs what can be repaired, refuses what is dangerous. */
public final class RegistrationRules {
    private static final String REDIRECT_URIS = "redirect_uris";
    private static final String CODE_GRANT = "authorization_code";
    private static final List<String> GRANT_TYPES = List.of(CODE_GRANT, "refresh_token");
    private static final String CODE = "code";

    /** RFC 6749 section 3.3: scope tokens of NQCHAR, one space between them. */
    private static final Pattern SCOPE =
            Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+( +[\\x21\\x23-\\x5B\\x5D-\\x7E]+)*");

    private final RuleSettings settings;
    private final Catalogue catalogue;
    private final RedirectUriRules redirectUriRules;

    public RegistrationRules(RuleSettings settings, Catalogue catalogue) {
        this.settings = settings;
        this.catalogue = catalogue;
        this.redirectUriRules = new RedirectUriRules(settings, catalogue);
    }

    /** Judges the body of a registration or an update. */
    public Verdict judge(JsonNode json) {
        Parsed parsed = ClientMetadata.parse(json);
        return parsed instanceof Parsed.Ok ok
                ? judge(ok.metadata())
                : new Verdict.Refused(((Parsed.Refused) parsed).refusal());
    }

    /** Judges metadata that is read already. */
    public Verdict judge(ClientMetadata metadata) {
        Repairs repairs = new Repairs();
        RedirectUris redirectUris = redirectUris(metadata.redirectUris(), repairs);
        Optional<Refusal> refusal = refusal(metadata, redirectUris);
        return refusal.isPresent()
                ? new Verdict.Refused(refusal.get())
                : accepted(metadata, redirectUris.accepted(), repairs);
    }

    private Optional<Refusal> refusal(ClientMetadata metadata, RedirectUris redirectUris) {
        if (metadata.softwareStatement() != null && settings.refuseSoftwareStatement()) {
            return Optional.of(new Refusal(RefusalRule.SOFTWARE_STATEMENT, "software_statement", ""));
        }
        if (redirectUris.refusal() != null) {
            return Optional.of(redirectUris.refusal());
        }
        if (!metadata.grantTypes().isEmpty() && !metadata.grantTypes().contains(CODE_GRANT)) {
            return refused(RefusalRule.GRANT_TYPES_WITHOUT_CODE, "grant_types", metadata.grantTypes());
        }
        if (!metadata.responseTypes().isEmpty() && !metadata.responseTypes().contains(CODE)) {
            return refused(RefusalRule.RESPONSE_TYPES_WITHOUT_CODE, "response_types", metadata.responseTypes());
        }
        Optional<AuthMethod> authMethod = authMethod(metadata);
        if (authMethod.isEmpty()) {
            return refused(
                    RefusalRule.AUTH_METHOD_UNKNOWN,
                    "token_endpoint_auth_method",
                    List.of(String.valueOf(metadata.authMethod())));
        }
        return authMethod.get() == AuthMethod.PRIVATE_KEY_JWT
                ? KeyRules.refusal(metadata, redirectUris.accepted())
                : Optional.empty();
    }

    private Verdict accepted(ClientMetadata metadata, List<RedirectUri> redirectUris, Repairs repairs) {
        AuthMethod authMethod = authMethod(metadata).orElseThrow();
        Kind kind = authMethod == AuthMethod.NONE ? Kind.SHARED : Kind.OWN;
        boolean withKeys = authMethod == AuthMethod.PRIVATE_KEY_JWT;
        String name = name(metadata.clientName(), repairs);
        String looksLike =
                catalogue.imitated(name, redirectUris).map(KnownClient::name).orElse(null);
        if (looksLike != null && settings.refuseLookAlikes()) {
            return new Verdict.Refused(new Refusal(RefusalRule.LOOK_ALIKE, "client_name", name));
        }
        Registration registration = new Registration(
                name.isEmpty() ? DisplayText.UNNAMED : name,
                redirectUris,
                redirectUris.stream()
                        .filter(uri -> !catalogue.productUri(name, uri).equals(uri.canonical()))
                        .toList(),
                authMethod,
                grantTypes(metadata.grantTypes(), repairs),
                responseTypes(metadata.responseTypes(), repairs),
                scope(metadata.scope(), repairs),
                kind,
                Fingerprint.of(name, productUris(name, redirectUris), authMethod),
                catalogue.evidenceOf(redirectUris),
                looksLike,
                ClaimRules.claims(metadata, repairs),
                withKeys ? metadata.jwksUri() : null,
                withKeys ? metadata.jwks() : null,
                ownMembers(metadata, kind, repairs));
        if (!withKeys) {
            keysDropped(metadata, kind, repairs);
        }
        if (metadata.softwareStatement() != null) {
            repairs.add(RepairRule.SOFTWARE_STATEMENT_IGNORED, "software_statement", "");
        }
        return new Verdict.Accepted(registration, repairs.made());
    }

    /** The redirect URIs that are allowed, or the refusal where there is none. */
    private record RedirectUris(List<RedirectUri> accepted, @Nullable Refusal refusal) {}

    private RedirectUris redirectUris(List<String> sent, Repairs repairs) {
        Set<RedirectUri> accepted = new LinkedHashSet<>();
        Refusal first = null;
        for (String text : new LinkedHashSet<>(sent)) {
            RedirectUri.Result result = redirectUriRules.judge(text);
            if (result instanceof RedirectUri.Result.Ok ok) {
                accepted.add(lowerCase(ok.uri(), repairs));
            } else if (result instanceof RedirectUri.Result.Bad bad) {
                repairs.dropped(text, bad.fault());
                first = first == null ? new Refusal(bad.fault(), REDIRECT_URIS, text) : first;
            }
        }
        if (!accepted.isEmpty()) {
            return new RedirectUris(List.copyOf(accepted), null);
        }
        return new RedirectUris(
                List.of(), first == null ? new Refusal(RefusalRule.REDIRECT_URIS_MISSING, REDIRECT_URIS, "") : first);
    }

    /** Keycloak compares the whole text, so what is answered has to be what is stored. */
    private static RedirectUri lowerCase(RedirectUri uri, Repairs repairs) {
        if (uri.isLowerCase()) {
            return uri;
        }
        repairs.add(RepairRule.REDIRECT_URI_LOWER_CASE, REDIRECT_URIS, uri.asSent());
        return uri.lowerCase();
    }

    private List<String> productUris(String name, List<RedirectUri> redirectUris) {
        return redirectUris.stream().map(uri -> catalogue.productUri(name, uri)).toList();
    }

    /** The harmless name without what belongs to one connection; empty where the client gave none. */
    private String name(@Nullable String clientName, Repairs repairs) {
        if (clientName == null) {
            return "";
        }
        String name = DisplayText.stripped(clientName, Limits.NAME);
        if (!name.equals(clientName)) {
            repairs.add(RepairRule.CLIENT_NAME_CHANGED, "client_name", clientName);
        }
        return catalogue.productName(name);
    }

    /** Without the member the client gets what every client of ours can do: RFC 7591 section 3.2.1 lets the server decide. */
    private static List<String> grantTypes(List<String> asked, Repairs repairs) {
        if (asked.isEmpty()) {
            return GRANT_TYPES;
        }
        asked.stream()
                .filter(type -> !GRANT_TYPES.contains(type))
                .forEach(type -> repairs.add(RepairRule.GRANT_TYPE_DROPPED, "grant_types", type));
        return GRANT_TYPES.stream().filter(asked::contains).toList();
    }

    private static List<String> responseTypes(List<String> asked, Repairs repairs) {
        asked.stream()
                .filter(type -> !type.equals(CODE))
                .forEach(type -> repairs.add(RepairRule.RESPONSE_TYPE_DROPPED, "response_types", type));
        return List.of(CODE);
    }

    private static @Nullable String scope(@Nullable String scope, Repairs repairs) {
        if (scope == null
                || (scope.length() <= Limits.SCOPE && SCOPE.matcher(scope).matches())) {
            return scope;
        }
        repairs.add(RepairRule.SCOPE_DROPPED, "scope", scope);
        return null;
    }

    private static Map<String, String> ownMembers(ClientMetadata metadata, Kind kind, Repairs repairs) {
        Map<String, String> kept = new TreeMap<>();
        metadata.ownMembers().forEach((member, value) -> {
            if (kind == Kind.SHARED) {
                repairs.add(RepairRule.OWN_MEMBER_DROPPED, member.wire(), value);
            } else if (member.takes(value)) {
                kept.put(member.wire(), value);
            } else {
                repairs.add(RepairRule.MEMBER_VALUE_DROPPED, member.wire(), value);
            }
        });
        return kept;
    }

    private static void keysDropped(ClientMetadata metadata, Kind kind, Repairs repairs) {
        RepairRule rule = kind == Kind.SHARED ? RepairRule.OWN_MEMBER_DROPPED : RepairRule.MEMBER_VALUE_DROPPED;
        if (metadata.jwksUri() != null) {
            repairs.add(rule, "jwks_uri", metadata.jwksUri());
        }
        if (metadata.jwks() != null) {
            repairs.add(rule, "jwks", metadata.jwks().toString());
        }
    }

    /** RFC 7591 section 2 says client_secret_basic where the member is absent; MCP clients that leave it out are public. */
    private static Optional<AuthMethod> authMethod(ClientMetadata metadata) {
        return metadata.authMethod() == null ? Optional.of(AuthMethod.NONE) : AuthMethod.of(metadata.authMethod());
    }

    private static Optional<Refusal> refused(RefusalRule rule, String member, List<String> values) {
        return Optional.of(new Refusal(rule, member, String.join(" ", values)));
    }
}
