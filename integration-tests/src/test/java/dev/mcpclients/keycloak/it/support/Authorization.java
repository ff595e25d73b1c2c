package dev.mcpclients.keycloak.it.support;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One authorization request: code flow with PKCE (S256) and a fresh {@code state}, as MCP clients send it.
 *
 * <p>Instances do not change; {@link #with} answers a new one.
 */
public final class Authorization {

    private final URI endpoint;
    private final Map<String, String> parameters;
    private final String verifier;

    private Authorization(URI endpoint, Map<String, String> parameters, String verifier) {
        this.endpoint = endpoint;
        this.parameters = parameters;
        this.verifier = verifier;
    }

    static Authorization request(URI endpoint, String clientId, String redirectUri) {
        String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", redirectUri);
        parameters.put("state", UUID.randomUUID().toString());
        parameters.put("code_challenge", challenge(verifier));
        parameters.put("code_challenge_method", "S256");
        return new Authorization(endpoint, parameters, verifier);
    }

    /** The same request with a parameter set: {@code scope}, {@code resource}, {@code prompt}, anything. */
    public Authorization with(String parameter, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(parameter, value);
        return new Authorization(endpoint, changed, verifier);
    }

    /** The same request with a parameter left out. */
    public Authorization without(String parameter) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.remove(parameter);
        return new Authorization(endpoint, changed, verifier);
    }

    public Authorization scope(String scope) {
        return with("scope", scope);
    }

    public Authorization resource(String resource) {
        return with("resource", resource);
    }

    public Authorization prompt(String prompt) {
        return with("prompt", prompt);
    }

    /** Where the browser goes. */
    public URI uri() {
        return URI.create(endpoint + "?" + Http.encode(parameters));
    }

    public String clientId() {
        return parameter("client_id");
    }

    public String redirectUri() {
        return parameter("redirect_uri");
    }

    public String state() {
        return parameter("state");
    }

    /** The PKCE verifier that belongs to the challenge sent. */
    public String verifier() {
        return verifier;
    }

    private String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** RFC 7636 section 4.2. */
    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
