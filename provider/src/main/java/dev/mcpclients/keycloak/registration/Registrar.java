package dev.mcpclients.keycloak.registration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.metadata.Kind;
import dev.mcpclients.keycloak.metadata.RefusalRule;
import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.metadata.RegistrationRules;
import dev.mcpclients.keycloak.metadata.Repair;
import dev.mcpclients.keycloak.metadata.Verdict;
import dev.mcpclients.keycloak.registration.AdmissionRule.Entry;
import dev.mcpclients.keycloak.registry.Basis;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.NewSoftware;
import dev.mcpclients.keycloak.registry.SharedClient;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Registers software: metadata, rules, registry, Keycloak client. A failed step leaves nothing behind, because everything is in
 * the transaction of the request, which the caller rolls back on a refusal.
 */
final class Registrar {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Caller caller;
    private final SoftwareRegistry registry;
    private final RealmPolicies policies;

    Registrar(KeycloakSession session, RealmModel realm, Caller caller, RealmPolicies policies) {
        this.session = session;
        this.realm = realm;
        this.caller = caller;
        this.registry = new SoftwareRegistry(session);
        this.policies = policies;
    }

    /**
     * Registers.
     *
     * @throws org.keycloak.models.ModelDuplicateException where a simultaneous registration of the same software was first; the
     *     transaction is spent then, and the same call in a new one finds that software
     */
    Outcome register(JsonNode json) {
        Verdict verdict = new RegistrationRules(
                        caller.settings().rules(), caller.settings().catalogue())
                .judge(json);
        return verdict instanceof Verdict.Accepted accepted
                ? enter(accepted.registration(), accepted.repairs())
                : new Outcome.Refused(((Verdict.Refused) verdict).refusal());
    }

    private Outcome enter(Registration registration, List<Repair> repairs) {
        List<Software> rows = registry.byFingerprint(realm, registration.fingerprint());
        if (rows.isEmpty()) {
            Optional<ClientModel> listed = new Preregistered(session, realm).matching(registration);
            if (listed.isPresent()) {
                return give(listed.get(), registration, repairs);
            }
        }
        Entry entry = AdmissionRule.decide(caller.door(), caller.settings().admission(), rows);
        if (entry instanceof Entry.Refused refused) {
            return Outcome.Refused.of(refused.rule());
        }
        if (entry instanceof Entry.Known known && registration.kind() == Kind.SHARED) {
            SharedClient shared = known.software().sharedClient();
            if (shared != null) {
                return repeat(shared, known.software(), registration, repairs);
            }
        }
        Optional<Outcome.Refused> refused = policies.before(registration);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<Software> software = entry instanceof Entry.New asNew
                ? registry.add(
                        realm,
                        Newcomer.of(asNew, registration, caller.door(), caller.settings(), registry, realm),
                        caller.settings().bounds())
                : Optional.of(((Entry.Known) entry).software());
        if (software.isEmpty()) {
            return Outcome.Refused.of(RefusalRule.TOO_MANY);
        }
        return caller.settings().refuses(software.get())
                ? Outcome.Refused.of(RefusalRule.LOOK_ALIKE)
                : create(software.get(), registration, repairs);
    }

    /** Whoever listed the client has decided about it; a later decision about its software holds. */
    private Outcome give(ClientModel client, Registration registration, List<Repair> repairs) {
        Fingerprint fingerprint = Preregistered.fingerprint(client);
        Optional<Software> known =
                registry.byFingerprint(realm, fingerprint).stream().findFirst();
        if (known.isPresent() && known.get().state() == SoftwareState.DENIED) {
            return Outcome.Refused.of(RefusalRule.DENIED_SOFTWARE);
        }
        Optional<Outcome.Refused> refused = tokenRefused(registration);
        if (refused.isPresent()) {
            return refused.get();
        }
        Software software = known.orElseGet(() -> listed(client, fingerprint, registration));
        return new Outcome.Registered(
                client.getClientId(),
                null,
                software,
                registration,
                repairs,
                OfferedScopes.attachedTo(client),
                known.isEmpty(),
                null);
    }

    private Software listed(ClientModel client, Fingerprint fingerprint, Registration registration) {
        Software software = registry.add(
                        realm,
                        new NewSoftware(
                                fingerprint,
                                caller.door(),
                                Preregistered.name(client),
                                Assessments.evidence(caller.settings().catalogue(), fingerprint.form()),
                                null,
                                SoftwareState.APPROVED,
                                Basis.DECISION,
                                null,
                                null,
                                Limits.NONE,
                                RegistrationSettings.keepsAddresses(realm),
                                ClaimsLog.first(registration.claims())),
                        caller.settings().bounds())
                .orElseThrow();
        registry.linkShared(software, client);
        client.setAttribute(ClientAttributes.SHARED, "true");
        ClientAttributes.carry(client, software);
        return software;
    }

    private Outcome repeat(SharedClient shared, Software known, Registration registration, List<Repair> repairs) {
        Optional<Outcome.Refused> refused = tokenRefused(registration);
        if (refused.isPresent()) {
            return refused.get();
        }
        ClaimsLog.added(known.claims(), registration.claims()).ifPresent(claims -> registry.noteClaims(known, claims));
        new BrowserOrigin(session, caller.settings()).allowOn(() -> realm.getClientById(shared.uuid()));
        ConnectionUris.addTo(session, () -> realm.getClientById(shared.uuid()), registration);
        OfferedScopes scopes = OfferedScopes.of(session, realm);
        return new Outcome.Registered(
                shared.clientId(), null, known, registration, repairs, scopes.names(), false, null);
    }

    private Outcome create(Software software, Registration registration, List<Repair> repairs) {
        OfferedScopes scopes = OfferedScopes.of(session, realm);
        boolean shared = registration.kind() == Kind.SHARED;
        ClientModel client = new ClientTemplate(session, realm, scopes)
                .create(KeycloakModelUtils.generateId(), software, registration, shared);
        if (shared) {
            registry.linkShared(software, client);
        } else {
            registry.linkOwn(software, client);
        }
        new BrowserOrigin(session, caller.settings()).allowOn(() -> client);
        Optional<Outcome.Refused> refused = policies.after(client);
        if (refused.isPresent()) {
            return refused.get();
        }
        String token = shared ? null : policies.registrationAccessToken(client);
        return new Outcome.Registered(
                client.getClientId(), client.getSecret(), software, registration, repairs, scopes.names(), true, token);
    }

    /**
     * For registrations that are given a client which exists: the policies of the realm are about making clients, so they are asked
     * only where a token must be checked.
     */
    private Optional<Outcome.Refused> tokenRefused(Registration registration) {
        return caller.door() == Door.ANONYMOUS ? Optional.empty() : policies.before(registration);
    }
}
