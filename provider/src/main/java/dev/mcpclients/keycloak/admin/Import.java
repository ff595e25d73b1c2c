package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.approval.LimitsRequest;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.registration.Arrivals;
import dev.mcpclients.keycloak.registration.Assessments;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Basis;
import dev.mcpclients.keycloak.registry.BroughtSoftware;
import dev.mcpclients.keycloak.registry.BroughtSoftware.Standing;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.ClientCache;
import dev.mcpclients.keycloak.registry.Decision;
import dev.mcpclients.keycloak.registry.DecisionHistory;
import dev.mcpclients.keycloak.registry.Decisions;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.SharedClient;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * Brings software, its clients and its history from an {@link Export} into a realm; the same again changes nothing.
 *
 * <p>Of two decisions about the same software the newer holds, wherever it was made. An approval counts only where the history shows
 * who gave it, and that nobody decided since; where it cannot be taken as it was, the software waits.
 */
final class Import {

    /** Rows of software, and decisions about software that is gone, of one call. */
    static final int MOST = 1000;

    private static final String DECIDED_SINCE = "this realm has a newer decision, which holds";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SoftwareRegistry registry;
    private final DecisionHistory history;
    private final Arrivals arrivals;
    private final Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<ImportAnswer.Row> rows = new ArrayList<>();
    private int decisionsAdded;
    private int decisionsUnchanged;
    private int decisionsRefused;

    Import(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.registry = new SoftwareRegistry(session);
        this.history = new DecisionHistory(session);
        this.arrivals = new Arrivals(session, realm);
    }

    /** Takes what can be taken; whoever wants to know only rolls back. */
    ImportAnswer run(String body, boolean dryRun) {
        JsonNode export = read(body);
        List<JsonNode> software = list(export, "software");
        List<JsonNode> decisions = list(export, "decisions");
        software.forEach(this::take);
        decisions.forEach(decision -> decision(decision, null, null));
        return new ImportAnswer(
                dryRun,
                outcomes,
                new ImportAnswer.Decisions(decisionsAdded, decisionsUnchanged, decisionsRefused),
                rows);
    }

    private static JsonNode read(String body) {
        try {
            JsonNode export = JsonSerialization.mapper.readTree(body);
            if (export == null || !export.isObject() || export.path("format").asInt() != Export.FORMAT) {
                throw Input.wrong("the body is a page of an export, of format " + Export.FORMAT);
            }
            return export;
        } catch (JsonProcessingException e) {
            throw Input.wrong("the body is not JSON");
        }
    }

    private static List<JsonNode> list(JsonNode export, String member) {
        try {
            return new Fields(export).list(member, MOST);
        } catch (RowRefusedException e) {
            throw Input.wrong(String.valueOf(e.getMessage()));
        }
    }

    private void take(JsonNode row) {
        ImportAnswer.Row answer;
        try {
            answer = take(ImportedSoftware.of(row, now));
        } catch (RowRefusedException e) {
            answer = ImportAnswer.Row.refused(
                    shown(row.path("id")), shown(row.path("name")), String.valueOf(e.getMessage()));
        }
        outcomes.merge(answer.outcome(), 1, Integer::sum);
        rows.add(answer);
    }

    private ImportAnswer.Row take(ImportedSoftware brought) {
        List<String> notes = new ArrayList<>();
        List<Software> here = registry.byFingerprint(realm, brought.fingerprint());
        Optional<Software> atDoor =
                here.stream().filter(row -> row.door() == brought.door()).findFirst();
        String id = atDoor.map(Software::id).orElse(brought.id());
        brought.decisions()
                .forEach(decision -> decision(decision, brought.fingerprint().hash(), id));
        Standing standing = standing(brought, here, notes);
        boolean newer = here.stream().anyMatch(row -> isNewer(standing, row));
        if (newer) {
            new Decisions(session).bring(realm, brought.fingerprint().hash(), standing);
        }
        if (atDoor.isEmpty()) {
            registry.bring(
                    realm,
                    new BroughtSoftware(
                            brought.id(),
                            brought.fingerprint(),
                            brought.door(),
                            brought.name(),
                            standing,
                            brought.registeredAt(),
                            brought.usedAt(),
                            brought.claims()));
            assess(brought);
        }
        Software software = now(brought);
        List<ImportAnswer.Client> clients = brought.clients().stream()
                .map(client -> new ImportAnswer.Client(client.clientId(), client(client, brought, software, notes)))
                .toList();
        String outcome = outcome(atDoor.isEmpty(), newer, notes);
        return new ImportAnswer.Row(
                software.id(), software.name(), outcome, software.state().wire(), clients, List.copyOf(notes));
    }

    private static String outcome(boolean isNew, boolean newer, List<String> notes) {
        if (isNew) {
            return "added";
        }
        if (newer) {
            return "changed";
        }
        return notes.contains(DECIDED_SINCE) ? "kept" : "unchanged";
    }

    /** The row as it is now, with the shared client it has. */
    private Software now(ImportedSoftware brought) {
        return registry.byFingerprint(realm, brought.fingerprint()).stream()
                .filter(row -> row.door() == brought.door())
                .findFirst()
                .orElseThrow();
    }

    private void assess(ImportedSoftware brought) {
        Software software = now(brought);
        Assessments.of(registry, realm, software)
                .filter(found -> !found.isThatOf(software))
                .ifPresent(found -> new Decisions(session).reassess(realm, software.id(), found));
    }

    /** The state that the software is to have in this realm. */
    private Standing standing(ImportedSoftware brought, List<Software> here, List<String> notes) {
        Optional<Standing> decidedHere = here.stream()
                .map(Standing::of)
                .filter(standing -> standing.basis().isHuman())
                .findFirst();
        ImportedSoftware.Decided decided = brought.decided();
        if (decided == null) {
            return decidedHere.orElseGet(() -> arrivals.undecided(brought.door()));
        }
        Optional<Decision> last = lastDecision(brought.fingerprint());
        boolean decidedSince =
                last.filter(decision -> decision.at().isAfter(decided.at())).isPresent()
                        || decidedHere
                                .filter(standing -> at(standing).isAfter(decided.at()))
                                .isPresent();
        if (decidedSince) {
            notes.add(DECIDED_SINCE);
            return decidedHere.orElseGet(Import::waiting);
        }
        if (decided.state() != SoftwareState.APPROVED) {
            return standing(decided, decided.state(), Limits.NONE);
        }
        boolean signed =
                last.filter(decision -> decision.at().equals(decided.at()) && decision.action() == Action.APPROVE)
                                .isPresent()
                        || brought.clients().stream().anyMatch(client -> isListedHere(client, brought));
        if (!signed) {
            notes.add("no decision of its history approves it as it stands there: it waits");
            return decidedHere.orElseGet(Import::waiting);
        }
        Optional<Limits> limits = limits(decided.limits(), notes);
        return limits.isPresent()
                ? standing(decided, SoftwareState.APPROVED, limits.get())
                : decidedHere.orElseGet(Import::waiting);
    }

    private static Standing waiting() {
        return Standing.of(SoftwareState.PENDING, Basis.ADMIN_APPROVAL);
    }

    private static Standing standing(ImportedSoftware.Decided decided, SoftwareState state, Limits limits) {
        return new Standing(state, Basis.DECISION, decided.reason(), decided.by(), decided.at(), limits);
    }

    /** The newest decision of the history that wrote a state. */
    private Optional<Decision> lastDecision(Fingerprint fingerprint) {
        return history.of(realm, fingerprint.hash(), 0, Export.DECISIONS_OF_ONE).stream()
                .filter(decision -> decision.action() != Action.DOUBT)
                .findFirst();
    }

    private static Instant at(Standing standing) {
        Instant at = standing.decidedAt();
        return at == null ? Instant.EPOCH : at;
    }

    /** Whether a decision of the import is newer than what stands here; what is the same is not. */
    private static boolean isNewer(Standing brought, Software here) {
        boolean same = here.basis().isHuman()
                && here.state() == brought.state()
                && here.limits().equals(brought.limits())
                && Objects.equals(here.reason(), brought.reason());
        return brought.basis().isHuman()
                && !same
                && at(brought).isAfter(here.basis().isHuman() ? at(Standing.of(here)) : Instant.EPOCH);
    }

    /** Empty where the realm lacks what the limits name, or they are over: then nobody may use it as it was approved. */
    private Optional<Limits> limits(@Nullable JsonNode limits, List<String> notes) {
        if (limits == null) {
            return Optional.of(Limits.NONE);
        }
        try {
            LimitsRequest request = JsonSerialization.mapper
                    .readerFor(LimitsRequest.class)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(limits);
            LimitsRequest.Result read = request.read(session, realm);
            if (read instanceof LimitsRequest.Result.Valid valid) {
                return Optional.of(valid.limits());
            }
            notes.add("limits of the approval: " + ((LimitsRequest.Result.Invalid) read).message() + "; it waits");
        } catch (IOException e) {
            notes.add("limits of the approval cannot be read: it waits");
        }
        return Optional.empty();
    }

    private boolean isListedHere(ImportedSoftware.Client client, ImportedSoftware brought) {
        ClientModel here = realm.getClientByClientId(client.clientId());
        return client.listed()
                && here != null
                && "true".equals(here.getAttribute(ClientAttributes.PREREGISTERED))
                && arrivals.isListed(here, brought.fingerprint());
    }

    private String client(
            ImportedSoftware.Client client, ImportedSoftware brought, Software software, List<String> notes) {
        ClientModel here = realm.getClientByClientId(client.clientId());
        if (here != null) {
            return known(client, here, brought, software, notes);
        }
        if (!client.shared() || client.listed()) {
            notes.add("client " + client.clientId() + " is not here: the export of the realm carries it");
            return "missing";
        }
        SharedClient other = shared(brought);
        if (other != null) {
            notes.add("client " + client.clientId() + " is not made: this realm gives out " + other.clientId());
            return "missing";
        }
        boolean made = arrivals.shared(software, client.clientId(), client.redirectUris())
                .isPresent();
        if (!made) {
            notes.add(
                    "client " + client.clientId() + " is not made: this realm would not register it as that software");
        }
        return made ? "made" : "missing";
    }

    /** A client that is here is taken for one of the software where it says so itself, and its redirect URIs do not say otherwise. */
    private String known(
            ImportedSoftware.Client client,
            ClientModel here,
            ImportedSoftware brought,
            Software software,
            List<String> notes) {
        Optional<String> linked = registry.softwareOf(here);
        if (linked.filter(software.id()::equals).isPresent()) {
            return "unchanged";
        }
        String carried = here.getAttribute(ClientAttributes.SOFTWARE);
        boolean listed = "true".equals(here.getAttribute(ClientAttributes.PREREGISTERED));
        boolean same = brought.id().equals(carried) || (listed && carried == null);
        boolean matches = !client.shared() || (arrivals.isShared(here, software) && shared(brought) == null);
        if (linked.isPresent() || !same || !matches) {
            notes.add("client " + client.clientId()
                    + " is here, but not as a client of this software: it stays as it is");
            return "missing";
        }
        if (client.shared()) {
            registry.linkShared(software, here);
            here.setAttribute(ClientAttributes.SHARED, "true");
        } else {
            registry.linkOwn(software, here);
        }
        ClientAttributes.carry(here, software);
        ClientCache.forget(session, here);
        return "linked";
    }

    private @Nullable SharedClient shared(ImportedSoftware brought) {
        return now(brought).sharedClient();
    }

    private void decision(JsonNode row, @Nullable String fingerprint, @Nullable String softwareId) {
        try {
            Decision decision = new ImportedDecision(session, realm, now).of(row);
            if (fingerprint != null && !decision.fingerprint().equals(fingerprint)) {
                throw new RowRefusedException("a decision about other software");
            }
            boolean added = history.bring(realm, decision, softwareId == null ? decision.softwareId() : softwareId);
            decisionsAdded += added ? 1 : 0;
            decisionsUnchanged += added ? 0 : 1;
        } catch (RowRefusedException e) {
            decisionsRefused++;
            rows.add(ImportAnswer.Row.refused(
                    shown(row.path("id")), shown(row.path("name")), "decision: " + e.getMessage()));
        }
    }

    private static @Nullable String shown(JsonNode text) {
        return text.isTextual() && text.asText().length() <= 255 ? text.asText() : null;
    }
}
