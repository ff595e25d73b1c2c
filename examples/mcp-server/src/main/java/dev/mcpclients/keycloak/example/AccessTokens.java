package dev.mcpclients.keycloak.example;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks access tokens in JWT form as RFC 9068 section 4 asks: type, signature, issuer, audience, expiry, scope.
 *
 * <p>The audience is the check that matters most for MCP: "MCP servers MUST validate that access tokens were issued
 * specifically for them as the intended audience" (MCP authorization, token handling; RFC 8707 section 2). Without it,
 * a token that the user gave to any other server of the realm would open this one.
 */
final class AccessTokens {

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** Reads no keys yet: they are fetched with the first token, cached, and fetched again for an unknown key id. */
    AccessTokens(URI issuer, URI keys, URI resource) throws MalformedURLException {
        JWKSource<SecurityContext> source =
                JWKSourceBuilder.create(keys.toURL()).build();
        // RFC 9068 section 4: "The resource server MUST reject any JWT in which the value of "alg" is "none"".
        // Only asymmetric algorithms: a public key must never be taken for the secret of an HMAC.
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.Family.SIGNATURE, source));
        // Keycloak writes "JWT" unless told to write "at+jwt".
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"), JOSEObjectType.JWT));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                resource.toString(),
                new JWTClaimsSet.Builder().issuer(issuer.toString()).build(),
                Set.of("sub", "exp")));
    }

    /** Judges the value of an {@code Authorization} header; tokens in the query are not accepted. */
    Access check(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return new Access.Anonymous();
        }
        try {
            JWTClaimsSet claims = processor.process(authorization.substring(7).trim(), null);
            return allows(claims) ? new Access.Granted(caller(claims)) : new Access.Insufficient();
        } catch (ParseException notJwt) {
            return new Access.Invalid("Not a JWT access token");
        } catch (BadJOSEException refused) {
            LOG.debug("Token refused", refused);
            return new Access.Invalid(String.valueOf(refused.getMessage()));
        } catch (JOSEException noKeys) {
            LOG.warn("Cannot check tokens, the keys of the issuer cannot be read: {}", noKeys.getMessage());
            return new Access.Unknown();
        }
    }

    /** RFC 8693 section 4.2: {@code scope} is one string, the scopes in it separated by spaces. */
    private static boolean allows(JWTClaimsSet claims) throws ParseException {
        String scope = claims.getStringClaim("scope");
        return scope != null && List.of(scope.split(" ")).contains(Settings.SCOPE);
    }

    private static Caller caller(JWTClaimsSet claims) throws ParseException {
        String subject = claims.getSubject();
        return new Caller(
                subject, first(claims, "name", "preferred_username", "sub"), first(claims, "azp", "client_id", "sub"));
    }

    private static String first(JWTClaimsSet claims, String... names) {
        return Stream.of(names)
                .map(claims::getClaim)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
