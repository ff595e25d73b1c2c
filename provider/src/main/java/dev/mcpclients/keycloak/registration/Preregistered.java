package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.AuthMethod;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.metadata.Kind;
import dev.mcpclients.keycloak.metadata.Limits;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.resource.MarkedClients;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Clients that a realm lists without any registration: ordinary Keycloak clients with an attribute of ours. A public one is given to
 * registrations that have no other redirect URIs than it has; a confidential one to nobody, for anybody can send its redirect URIs.
 */
final class Preregistered {

    private final KeycloakSession session;
    private final RealmModel realm;

    Preregistered(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The listed client that this registration is one of; one statement. */
    Optional<ClientModel> matching(Registration registration) {
        if (registration.kind() != Kind.SHARED) {
            return Optional.empty();
        }
        List<String> asked = registration.redirectUris().stream()
                .map(Preregistered::asKeycloakComparesIt)
                .toList();
        return listed().stream()
                .map(realm::getClientById)
                .filter(Objects::nonNull)
                .filter(Preregistered::isGiven)
                .filter(client -> client.getRedirectUris().containsAll(asked))
                .findFirst();
    }

    /** What such a client is as software: its own name and redirect URIs, whatever a registrant says. */
    static Fingerprint fingerprint(ClientModel client) {
        List<String> uris = client.getRedirectUris().stream()
                .flatMap(uri -> RedirectUri.parse(uri) instanceof RedirectUri.Result.Ok ok
                        ? Optional.of(ok.uri().canonical()).stream()
                        : Optional.of(uri).stream())
                .toList();
        return Fingerprint.of(name(client), Set.copyOf(uris), AuthMethod.NONE);
    }

    static String name(ClientModel client) {
        String name = client.getName();
        return DisplayText.harmless(name == null || name.isBlank() ? client.getClientId() : name, Limits.NAME);
    }

    static boolean isGiven(ClientModel client) {
        return "true".equals(client.getAttribute(ClientAttributes.PREREGISTERED))
                && client.isEnabled()
                && client.isPublicClient()
                && !client.isBearerOnly()
                && client.isStandardFlowEnabled()
                && OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol());
    }

    /** Keycloak 26.7 ignores the port of http on loopback where the portless form of the same host is registered. */
    private static String asKeycloakComparesIt(RedirectUri uri) {
        return uri.isAnyPort() ? uri.registered().iterator().next() : uri.asSent();
    }

    private List<String> listed() {
        return MarkedClients.together(session, realm, ClientAttributes.PREREGISTERED);
    }
}
