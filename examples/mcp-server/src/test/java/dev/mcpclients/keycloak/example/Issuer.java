package dev.mcpclients.keycloak.example;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;

/** An authorization server that only has keys: publishes them where Keycloak does, and signs what it is given. */
final class Issuer implements AutoCloseable {

    private final RSAKey key = newKey("published");
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final HttpServer http;
    private final URI url;

    /** Listens on a free port, but does not answer until {@link #start()}. */
    Issuer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = URI.create("http://localhost:" + http.getAddress().getPort() + "/realms/test");
        byte[] keys = new JWKSet(key).toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
        http.createContext(url.getPath() + "/protocol/openid-connect/certs", exchange -> {
            keyRequests.incrementAndGet();
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
    }

    Issuer start() {
        http.start();
        return this;
    }

    URI url() {
        return url;
    }

    /** How often the keys were asked for. */
    int keyRequests() {
        return keyRequests.get();
    }

    /** The claims of an access token that is good for a resource. */
    JWTClaimsSet.Builder claims(URI resource) {
        return new JWTClaimsSet.Builder()
                .issuer(url.toString())
                .audience(resource.toString())
                .subject("0b5f")
                .claim("name", "Alice Adams")
                .claim("azp", "a-client")
                .claim("scope", "openid mcp:tools")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
    }

    /** Signed with the published key. */
    String sign(JWTClaimsSet claims) {
        return sign(claims, key);
    }

    static String sign(JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(JOSEObjectType.JWT)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key, which everybody knows. */
    RSAKey publicKey() {
        return key.toPublicJWK();
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        http.stop(0);
    }

    @Override
    public void close() {
        stop();
    }
}
