package dev.mcpclients.keycloak.resource;

import java.nio.charset.StandardCharsets;
import org.keycloak.common.util.Base64Url;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;

/**
 * Names the client session notes by which the login tells the token endpoint which MCP server a {@code resource} parameter meant, so
 * that a client that is not ours gets its audience without a statement there.
 */
public final class ResourceNotes {

    /** Name of the note for this parameter value; its value is the internal id of the server's Keycloak client. */
    public static String noteFor(String resource) {
        byte[] hash = HashUtils.hash(JavaAlgorithm.SHA256, resource.getBytes(StandardCharsets.UTF_8));
        return "mcp.resource." + Base64Url.encode(hash).substring(0, 22);
    }

    private ResourceNotes() {}
}
