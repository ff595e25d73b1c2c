package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A realm that belongs to one test class and is deleted after it: {@code realm-config/mcp-realm.json} under a fresh name. */
public final class TestRealm implements AutoCloseable {

    /** The resource of the realm file: the id and URL of the MCP server's client. */
    public static final String RESOURCE = "http://localhost:9090/mcp";

    private static final String POLICY = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

    private final KeycloakServer server;
    private final String name;

    private TestRealm(KeycloakServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Imports the realm; whoever calls this closes it. */
    public static TestRealm create(KeycloakServer server, RealmTemplate template) {
        return create(server, template.named(freshName()));
    }

    /** Imports a representation under the name it carries; whoever calls this closes it. */
    public static TestRealm create(KeycloakServer server, ObjectNode representation) {
        server.admin().create("", representation);
        return new TestRealm(server, representation.path("realm").asText());
    }

    /** A name that no other realm has. */
    public static String freshName() {
        return "t" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** The same realm as another node of the cluster serves it. */
    public TestRealm at(KeycloakServer node) {
        return new TestRealm(node, name);
    }

    public String name() {
        return name;
    }

    /** What tables name it by. */
    public String id() {
        return get("").path("id").asText();
    }

    public KeycloakServer server() {
        return server;
    }

    /** The issuer, {@code http://localhost:…/realms/…}. */
    public URI issuer() {
        return server.url("/realms/" + name);
    }

    /** The URL of a path below the issuer; it begins with a slash. */
    public URI url(String path) {
        return URI.create(issuer() + path);
    }

    /** A client of the realm's OAuth endpoints. */
    public OAuthClient oauth() {
        return new OAuthClient(this);
    }

    /** Reads from the admin REST API below this realm; {@code ""} is the realm itself. */
    public JsonNode get(String path) {
        return server.admin().get("/" + name + path);
    }

    /** Creates something below this realm and returns its id. */
    public String create(String path, JsonNode body) {
        return server.admin().create("/" + name + path, body);
    }

    public void put(String path, JsonNode body) {
        server.admin().put("/" + name + path, body);
    }

    public void delete(String path) {
        server.admin().delete("/" + name + path);
    }

    /** Any admin call below this realm, whatever its outcome. */
    public HttpAnswer send(String method, String path, String body) {
        return server.admin().send(method, "/" + name + path, body);
    }

    /** Changes members of the realm itself, such as {@code accessCodeLifespan}. */
    public void change(ObjectNode members) {
        ObjectNode realm = get("").deepCopy();
        realm.setAll(members);
        put("", realm);
    }

    /** The client of that client id. */
    public JsonNode client(String clientId) {
        JsonNode found = get("/clients?" + Http.encode(Map.of("clientId", clientId)));
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " clients have the id " + clientId);
        }
        return found.get(0);
    }

    /** The secret of a client, which Keycloak made. */
    public String secret(String clientId) {
        return client(clientId).path("secret").asText();
    }

    /** Sets one setting of the {@code mcp-client} policy at a door, {@code anonymous} or {@code authenticated}; no values unset it. */
    public void setting(String door, String key, String... values) {
        ObjectNode component = policy(door).deepCopy();
        ObjectNode config = component.withObject("/config");
        // Keycloak keeps what an update leaves out; an empty list takes it away.
        List.of(values).forEach(config.putArray(key)::add);
        put("/components/" + component.path("id").asText(), component);
    }

    /** What happens to new registrations at both doors. */
    public void admission(String admission) {
        setting("anonymous", "admission", admission);
        setting("authenticated", "admission", admission);
    }

    /** The {@code mcp-client} policy component of a door. */
    public JsonNode policy(String door) {
        for (JsonNode component : get("/components?type=" + POLICY)) {
            if ("mcp-client".equals(component.path("providerId").asText())
                    && door.equals(component.path("subType").asText())) {
                return component;
            }
        }
        throw new AssertionError("The realm has no mcp-client policy for " + door);
    }

    /** The newest user events first; {@code type} such as {@code CLIENT_REGISTER_ERROR}. */
    public JsonNode events(String type) {
        return get("/events?type=" + type);
    }

    /** The newest admin events first. */
    public JsonNode adminEvents() {
        return get("/admin-events");
    }

    @Override
    public void close() {
        server.admin().delete("/" + name);
    }
}
