package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls an MCP client makes to a realm, and the introspection of an MCP server. */
public final class OAuthClient {

    private final TestRealm realm;

    OAuthClient(TestRealm realm) {
        this.realm = realm;
    }

    /** {@code POST} to our registration endpoint; headers are given as name, value, name, value. */
    public HttpAnswer register(String json, String... headers) {
        return registerAt("mcp", json, headers);
    }

    /** {@code POST} to the registration endpoint of a provider: {@code mcp}, {@code openid-connect}, {@code default}, … */
    public HttpAnswer registerAt(String provider, String json, String... headers) {
        return Http.postJson(realm.url("/clients-registrations/" + provider), json, headers);
    }

    /** Registers a public client of that name and redirect URIs, and returns its client id. */
    public String registered(String name, String... redirectUris) {
        JsonNode request = Json.object(Map.of("client_name", name, "redirect_uris", List.of(redirectUris)));
        return register(request.toString()).expect(201).json().path("client_id").asText();
    }

    /** An authorization request of that client. */
    public Authorization authorization(String clientId, String redirectUri) {
        return Authorization.request(realm.url("/protocol/openid-connect/auth"), clientId, redirectUri);
    }

    /** Exchanges the code of a public client. */
    public HttpAnswer exchange(Authorization authorization, String code) {
        return token(codeRequest(authorization, code));
    }

    /** The same for a resource (RFC 8707 section 2.2). */
    public HttpAnswer exchange(Authorization authorization, String code, String resource) {
        return token(with(codeRequest(authorization, code), "resource", resource));
    }

    /** Refreshes the tokens of a public client. */
    public HttpAnswer refresh(String clientId, String refreshToken) {
        return token(refreshRequest(clientId, refreshToken));
    }

    /** The same for a resource (RFC 8707 section 2.2). */
    public HttpAnswer refresh(String clientId, String refreshToken, String resource) {
        return token(with(refreshRequest(clientId, refreshToken), "resource", resource));
    }

    /** Any token request. */
    public HttpAnswer token(Map<String, String> form, String... headers) {
        return Http.postForm(endpoint("token"), new LinkedHashMap<>(form), headers);
    }

    /** What the realm tells an MCP server about a token. */
    public JsonNode introspect(String token, String resourceClient, String secret) {
        return Http.postForm(
                        endpoint("token/introspect"),
                        Map.of("token", token, "client_id", resourceClient, "client_secret", secret))
                .expect(200)
                .json();
    }

    public HttpAnswer userInfo(String accessToken) {
        return Http.get(endpoint("userinfo"), "Authorization", "Bearer " + accessToken);
    }

    private static Map<String, String> codeRequest(Authorization authorization, String code) {
        return Map.of(
                "grant_type", "authorization_code",
                "client_id", authorization.clientId(),
                "redirect_uri", authorization.redirectUri(),
                "code_verifier", authorization.verifier(),
                "code", code);
    }

    private static Map<String, String> refreshRequest(String clientId, String refreshToken) {
        return Map.of("grant_type", "refresh_token", "client_id", clientId, "refresh_token", refreshToken);
    }

    private static Map<String, String> with(Map<String, String> form, String parameter, String value) {
        Map<String, String> longer = new LinkedHashMap<>(form);
        longer.put(parameter, value);
        return longer;
    }

    private URI endpoint(String name) {
        return realm.url("/protocol/openid-connect/" + name);
    }
}
