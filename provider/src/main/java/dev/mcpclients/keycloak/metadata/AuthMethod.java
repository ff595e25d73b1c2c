package dev.mcpclients.keycloak.metadata;

import java.util.Arrays;
import java.util.Optional;

/** A way for a client to authenticate at the token endpoint ({@code token_endpoint_auth_method}). */
public enum AuthMethod {
    NONE("none"),
    CLIENT_SECRET_POST("client_secret_post"),
    CLIENT_SECRET_BASIC("client_secret_basic"),
    PRIVATE_KEY_JWT("private_key_jwt");

    private final String wire;

    AuthMethod(String wire) {
        this.wire = wire;
    }

    /** Its name in metadata. */
    public String wire() {
        return wire;
    }

    /** The method of that name, if we support it. */
    public static Optional<AuthMethod> of(String wire) {
        return Arrays.stream(values())
                .filter(method -> method.wire.equals(wire))
                .findFirst();
    }
}
