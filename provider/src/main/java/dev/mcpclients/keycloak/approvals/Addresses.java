package dev.mcpclients.keycloak.approvals;

import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The addresses of the approvals page. */
public record Addresses(URI list) {

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

    static String path(RealmModel realm) {
        return UriBuilder.fromPath("/realms/{realm}/" + McpRealmResourceFactory.ID + "/approvals")
                .build(realm.getName())
                .getRawPath();
    }
}
