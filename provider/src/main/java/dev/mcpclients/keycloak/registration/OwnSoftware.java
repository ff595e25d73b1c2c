package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.RefusalRule;
import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.registration.AdmissionRule.Entry;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.ClientSessions;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Which software an own client belongs to, after its registration at a stock door and after every update. */
final class OwnSoftware {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SoftwareRegistry registry;

    OwnSoftware(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.registry = new SoftwareRegistry(session);
    }

    /**
     * Moves the client to the software that its registration describes, with that software's state. Where it was other software
     * before, tokens and sessions given to that end.
     *
     * @return why it cannot be, null where it is done
     */
    @Nullable
    RefusalRule move(ClientModel client, Registration registration, RegistrationSettings settings) {
        String before = client.getAttribute(ClientAttributes.SOFTWARE);
        Door door = before == null
                ? Door.AUTHENTICATED
                : registry.byId(realm, before).map(Software::door).orElse(Door.AUTHENTICATED);
        List<Software> rows = registry.byFingerprint(realm, registration.fingerprint());
        Entry entry = AdmissionRule.decide(door, settings.admission(), rows);
        if (entry instanceof Entry.Refused refused) {
            return refused.rule();
        }
        Optional<Software> software = entry instanceof Entry.Known known
                ? Optional.of(known.software())
                : registry.add(
                        realm,
                        Newcomer.of((Entry.New) entry, registration, door, settings, registry, realm),
                        settings.bounds());
        if (software.isEmpty()) {
            return RefusalRule.TOO_MANY;
        }
        if (settings.refuses(software.get())) {
            return RefusalRule.LOOK_ALIKE;
        }
        if (!software.get().id().equals(before)) {
            registry.moveOwn(software.get(), client);
            ClientAttributes.carry(client, software.get());
            if (before != null) {
                ClientAttributes.endTokens(client);
                new ClientSessions(session).endAfterCommit(realm.getId(), List.of(client.getId()));
            }
        }
        return null;
    }
}
