package dev.mcpclients.keycloak.redirects;

import dev.mcpclients.keycloak.approval.Destination;
import dev.mcpclients.keycloak.approval.SilentErrors;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Looks up whether errors of a client of ours may be redirected. */
final class Vouching {

    private final KeycloakSession session;
    private final RealmModel realm;

    Vouching(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Whether no redirect URI of the client leaves the user's computer: that is so for most, and costs nothing. */
    boolean isVouchedFor(ClientModel client) {
        return client.getRedirectUris().stream().map(Destination::of).allMatch(Destination::isThisComputer);
    }

    /** Whether errors may go to that redirect URI of the client. */
    boolean isVouchedFor(ClientModel client, String redirectUri) {
        Destination destination = Destination.of(redirectUri);
        return destination.isThisComputer()
                || SilentErrors.mayGoTo(
                        client,
                        () -> new SoftwareRegistry(session).stateOf(realm, client),
                        destination,
                        destination.evidence(
                                RegistrationSettings.of(realm, client).catalogue()));
    }
}
