package dev.mcpclients.keycloak.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says whether the keys of a client that authenticates with {@code private_key_jwt} can be taken. */
final class KeyRules {
    private static final Pattern KEYS_URL = Pattern.compile("https://([^/?#:@]+)/[A-Za-z0-9\\-._~/?!$&'()+,;=%]*");
    private static final Set<String> KEY_TYPES = Set.of("RSA", "EC", "OKP");

    /** RFC 7518 section 6: what only the holder of the key may have. */
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private KeyRules() {}

    static Optional<Refusal> refusal(ClientMetadata metadata, List<RedirectUri> redirectUris) {
        String uri = metadata.jwksUri();
        JsonNode jwks = metadata.jwks();
        if (uri == null && jwks == null) {
            return Optional.of(Refusal.of(RefusalRule.JWKS_MISSING));
        }
        // RFC 7591 section 2: the "jwks_uri" and "jwks" parameters MUST NOT both be present in the same request.
        if (uri != null && jwks != null) {
            return Optional.of(Refusal.of(RefusalRule.JWKS_TWICE));
        }
        return uri == null ? faultOf(jwks) : faultOf(uri, redirectUris);
    }

    /**
     * Keycloak fetches the keys from inside the network. Only where the client receives its codes anyway, by a name that
     * somebody owns: never an address, never a name of the own network.
     */
    private static Optional<Refusal> faultOf(String uri, List<RedirectUri> redirectUris) {
        Matcher parts = KEYS_URL.matcher(uri);
        boolean fits = uri.length() <= Limits.CLAIM
                && parts.matches()
                && HostNames.isPublicName(parts.group(1))
                && redirectUris.stream()
                        .anyMatch(redirect -> redirect.kind() == RedirectKind.HTTPS
                                && redirect.host().equals(parts.group(1)));
        return fits ? Optional.empty() : Optional.of(new Refusal(RefusalRule.JWKS_URI_INVALID, "jwks_uri", uri));
    }

    private static Optional<Refusal> faultOf(@Nullable JsonNode jwks) {
        JsonNode keys = jwks == null ? null : jwks.path("keys");
        if (jwks == null || keys == null || !keys.isArray()) {
            return invalid("keys");
        }
        if (keys.isEmpty() || keys.size() > Limits.KEYS || jwks.toString().length() > Limits.KEY_SET) {
            return invalid(keys.size() + " keys");
        }
        for (JsonNode key : keys) {
            if (!KEY_TYPES.contains(key.path("kty").asText())
                    || PRIVATE_MEMBERS.stream().anyMatch(key::has)) {
                return invalid(key.path("kty").asText());
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> invalid(String value) {
        return Optional.of(new Refusal(RefusalRule.JWKS_INVALID, "jwks", value));
    }
}
