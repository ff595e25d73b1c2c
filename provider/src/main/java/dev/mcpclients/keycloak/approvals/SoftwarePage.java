package dev.mcpclients.keycloak.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.approval.Addresses;
import dev.mcpclients.keycloak.approval.Identity;
import dev.mcpclients.keycloak.approvals.SoftwareView.Asker;
import dev.mcpclients.keycloak.approvals.SoftwareView.Button;
import dev.mcpclients.keycloak.approvals.SoftwareView.Claim;
import dev.mcpclients.keycloak.approvals.SoftwareView.Next;
import dev.mcpclients.keycloak.approvals.SoftwareView.Past;
import dev.mcpclients.keycloak.approvals.SoftwareView.Similar;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.registry.AccessRequest;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Cursor;
import dev.mcpclients.keycloak.registry.Decision;
import dev.mcpclients.keycloak.registry.DecisionHistory;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareFilter;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareState;
import dev.mcpclients.keycloak.registry.SoftwareUsers;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/** Puts together what an approver needs to know about one software. */
final class SoftwarePage {

    private static final int MOST_ASKERS = 50;
    private static final int MOST_DECISIONS = 50;
    private static final int MOST_SIMILAR = 20;
    private static final int LONGEST_TEXT = SoftwareRegistry.MAX_REASON;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SoftwareRegistry registry;
    private final Addresses addresses;
    private final Texts texts;
    private final Descriptions descriptions;
    private final LimitsForm limits;

    SoftwarePage(KeycloakSession session, Texts texts) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.registry = new SoftwareRegistry(session);
        this.addresses = Addresses.of(session);
        this.texts = texts;
        this.descriptions = new Descriptions(texts, realm);
        this.limits = new LimitsForm(session);
    }

    /**
     * The page.
     *
     * @param form that was not taken, null where none was sent
     * @param problem why it was not taken
     */
    SoftwareView view(
            Software software,
            @Nullable String notice,
            @Nullable MultivaluedMap<String, String> form,
            @Nullable String problem) {
        List<AccessRequest> requests = registry.requestsFor(software.id(), MOST_ASKERS + 1);
        String address = addresses.software(software.id()).toString();
        return new SoftwareView(
                Integer.toString(software.version()),
                address,
                addresses.list().toString(),
                notice,
                notice == null ? null : next(software).orElse(null),
                problem,
                identity(software),
                software.state().wire(),
                descriptions.state(software.state()),
                descriptions.decision(software),
                software.reason() == null ? null : DisplayText.stripped(software.reason(), LONGEST_TEXT),
                limits.sentence(software.limits(), texts),
                Fingerprint.metadataUrl(software.form()).orElse(null),
                descriptions.door(software.door()),
                texts.when(software.registeredAt()),
                software.registeredFrom(),
                Optional.ofNullable(software.usedAt()).map(texts::when).orElse(null),
                Integer.toString(new SoftwareUsers(session).count(software.id())),
                claims(software),
                requests.stream().limit(MOST_ASKERS).map(this::asker).toList(),
                requests.size() > MOST_ASKERS,
                history(software),
                similar(software),
                buttons(software.state()),
                form == null
                        ? limits.view(software.state() == SoftwareState.APPROVED ? software.limits() : Limits.NONE)
                        : limits.entered(form),
                form == null
                        ? ""
                        : Optional.ofNullable(form.getFirst("reason"))
                                .orElse("")
                                .strip());
    }

    /** What registered before it and waits, else the newest that waits. */
    private Optional<Next> next(Software software) {
        SoftwareFilter waiting = new SoftwareFilter(SoftwareState.PENDING, null, null, null);
        return Stream.concat(
                        registry.search(realm, waiting, Cursor.after(software), 1).stream(),
                        registry.search(realm, waiting, 0, 1).stream())
                .filter(other -> !other.id().equals(software.id()))
                .findFirst()
                .map(other -> new Next(
                        DisplayText.line(other.name()),
                        addresses.software(other.id()).toString()));
    }

    private Identity identity(Software software) {
        return Identity.of(
                        DisplayText.line(software.name()),
                        software.evidence(),
                        descriptions.evidence(software.evidence()),
                        texts.say("mcpApprovalsEvidence." + software.evidence().wire()),
                        descriptions.warning(software))
                .at(descriptions.receivers(software))
                .using(limits.servers().stream()
                        .map(server -> new Identity.Server(
                                DisplayText.name(server.name()),
                                DisplayText.line(server.url().toString()),
                                DisplayText.line(String.join(" ", server.scopeNames()))))
                        .toList());
    }

    private List<List<Claim>> claims(Software software) {
        List<List<Claim>> all = new ArrayList<>();
        for (JsonNode registrant : read(software.claims())) {
            List<Claim> claims = new ArrayList<>();
            registrant.properties().forEach(member -> claims.add(claim(member.getKey(), member.getValue())));
            if (!claims.isEmpty()) {
                all.add(claims);
            }
        }
        return all;
    }

    private Claim claim(String member, JsonNode value) {
        List<String> values = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(entry -> values.add(entry.asText()));
        } else {
            values.add(value.asText());
        }
        return new Claim(
                texts.say("mcpClaim." + member), DisplayText.stripped(String.join(", ", values), LONGEST_TEXT));
    }

    private static JsonNode read(String claims) {
        try {
            return JsonSerialization.mapper.readTree(claims);
        } catch (IOException e) {
            throw new IllegalStateException("claims of software are not JSON", e);
        }
    }

    private Asker asker(AccessRequest request) {
        UserModel user = session.users().getUserById(realm, request.userId());
        return new Asker(
                user == null ? texts.say("mcpApprovalsUserGone") : DisplayText.name(user.getUsername()),
                request.reason() == null ? null : DisplayText.stripped(request.reason(), LONGEST_TEXT),
                texts.when(request.askedAt()));
    }

    private List<Past> history(Software software) {
        return new DecisionHistory(session)
                .of(realm, software.fingerprint(), 0, MOST_DECISIONS).stream()
                        .map(decision -> new Past(
                                descriptions.action(decision.action()),
                                by(decision),
                                reason(decision),
                                texts.when(decision.at()),
                                limits.sentence(decision.limits(), texts)))
                        .toList();
    }

    private List<Similar> similar(Software software) {
        return new DecisionHistory(session)
                .earlierDecisionsOnLookAlikes(realm, software, MOST_SIMILAR).stream()
                        .map(decision -> new Similar(
                                DisplayText.name(decision.name()),
                                addresses.software(decision.softwareId()).toString(),
                                descriptions.action(decision.action()),
                                by(decision),
                                texts.when(decision.at()),
                                reason(decision)))
                        .toList();
    }

    private String by(Decision decision) {
        return switch (decision.action()) {
            case EXPIRE -> texts.say("mcpApprovalsByDate");
            case DOUBT -> texts.say("mcpApprovalsByEvidence");
            case APPROVE, DENY, SUSPEND, REOPEN ->
                DisplayText.name(decision.by().name());
        };
    }

    private static @Nullable String reason(Decision decision) {
        return decision.reason() == null ? null : DisplayText.stripped(decision.reason(), LONGEST_TEXT);
    }

    private List<Button> buttons(SoftwareState state) {
        return Stream.of(Action.APPROVE, Action.DENY, Action.SUSPEND, Action.REOPEN)
                .filter(action -> action.isPossibleFrom(state))
                .filter(action -> !(action == Action.DENY && state == SoftwareState.DENIED))
                .map(action -> new Button(
                        action.wire(),
                        action == Action.APPROVE && state == SoftwareState.APPROVED
                                ? texts.say("mcpApprovalsChangeLimits")
                                : texts.say("mcpApprovalsDo." + action.wire()),
                        action == Action.APPROVE && state == SoftwareState.PENDING,
                        action == Action.DENY || action == Action.SUSPEND))
                .toList();
    }
}
