package dev.mcpclients.keycloak.approval;

import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The addresses of the approvals page: screens and mails lead there, so they are known here and not there. */
public record Addresses(URI list) {

    /** The part of the path below the realm. */
    public static final String ROOT = "mcp";

    /** Those of the realm and the host name of this request. */
    public static Addresses of(KeycloakSession session) {
        return new Addresses(UriBuilder.fromUri(session.getContext().getUri().getBaseUri())
                .path(path(session.getContext().getRealm()))
                .build());
    }

    /** Where one software is decided about. */
    public URI software(String id) {
        return UriBuilder.fromUri(list).path(id).build();
    }

    /** The path of the list. */
    public static String path(RealmModel realm) {
        return UriBuilder.fromPath("/realms/{realm}/" + ROOT + "/approvals")
                .build(realm.getName())
                .getRawPath();
    }
}
