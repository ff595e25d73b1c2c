package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.approval.Addresses;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Where mails lead. Outside a request nothing but the option {@code hostname}, or the frontend URL of the realm, tells. */
record Links(@Nullable Addresses page, @Nullable URI account) {

    static Links of(KeycloakSession session, RealmModel realm) {
        try {
            return new Links(
                    Addresses.of(session),
                    UriBuilder.fromUri(session.getContext().getUri().getBaseUri())
                            .path("realms/{realm}/account/applications")
                            .build(realm.getName()));
        } catch (IllegalStateException | ContextNotActiveException noRequest) {
            return new Links(null, null);
        }
    }

    @Nullable
    String list() {
        return page == null ? null : page.list().toString();
    }

    @Nullable
    String software(String id) {
        return page == null ? null : page.software(id).toString();
    }

    @Nullable
    String apps() {
        return account == null ? null : account.toString();
    }
}
