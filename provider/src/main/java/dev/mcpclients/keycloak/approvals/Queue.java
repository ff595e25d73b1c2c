package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.Addresses;
import dev.mcpclients.keycloak.approvals.QueueView.Choice;
import dev.mcpclients.keycloak.approvals.QueueView.Left;
import dev.mcpclients.keycloak.approvals.QueueView.Row;
import dev.mcpclients.keycloak.approvals.QueueView.Tab;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.registry.Counts;
import dev.mcpclients.keycloak.registry.Cursor;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads a page of the queue: two statements, however long it is. */
final class Queue {

    private final RealmModel realm;
    private final SoftwareRegistry registry;
    private final Addresses addresses;
    private final Texts texts;
    private final Descriptions descriptions;

    Queue(KeycloakSession session, Texts texts) {
        this.realm = session.getContext().getRealm();
        this.registry = new SoftwareRegistry(session);
        this.addresses = Addresses.of(session);
        this.texts = texts;
        this.descriptions = new Descriptions(texts, realm);
    }

    QueueView view(
            QueueQuery query, @Nullable String notice, List<String> left, String reason, @Nullable String problem) {
        Cursor after = query.after();
        int wanted = QueueQuery.PAGE_SIZE + 1;
        List<Software> found = after == null
                ? registry.search(realm, query.filter(), 0, wanted)
                : registry.search(realm, query.filter(), after, wanted);
        boolean more = found.size() == wanted;
        List<Software> shown = more ? found.subList(0, QueueQuery.PAGE_SIZE) : found;
        return new QueueView(
                notice,
                left.stream().map(this::left).toList(),
                addresses.list().toString(),
                tabs(query),
                query.stateName(),
                evidences(query),
                doors(query),
                query.search() == null ? "" : query.search(),
                query.isNarrowed(),
                shown.stream().map(this::row).toList(),
                after == null ? null : query.after(null).address(addresses).toString(),
                more
                        ? query.after(Cursor.after(shown.get(shown.size() - 1)))
                                .address(addresses)
                                .toString()
                        : null,
                query.address(addresses).toString(),
                reason,
                problem);
    }

    private List<Tab> tabs(QueueQuery query) {
        Counts counts = registry.counts(realm);
        Stream<Tab> states = Stream.of(SoftwareState.PENDING, SoftwareState.APPROVED, SoftwareState.DENIED)
                .map(state -> new Tab(
                        descriptions.state(state),
                        Integer.toString(counts.of(state)),
                        query.in(state).address(addresses).toString(),
                        state == query.state()));
        Tab all = new Tab(
                texts.say("mcpState.all"),
                null,
                query.in(null).address(addresses).toString(),
                query.state() == null);
        return Stream.concat(states, Stream.of(all)).toList();
    }

    private List<Choice> evidences(QueueQuery query) {
        return Stream.concat(
                        Stream.of(new Choice("", texts.say("mcpApprovalsAny"), query.evidence() == null)),
                        Arrays.stream(Evidence.values())
                                .map(value -> new Choice(
                                        value.wire(),
                                        texts.say("mcpEvidenceChoice." + value.wire()),
                                        value == query.evidence())))
                .toList();
    }

    private List<Choice> doors(QueueQuery query) {
        return Stream.concat(
                        Stream.of(new Choice("", texts.say("mcpApprovalsAny"), query.door() == null)),
                        Arrays.stream(Door.values())
                                .map(value ->
                                        new Choice(value.wire(), descriptions.door(value), value == query.door())))
                .toList();
    }

    private Left left(String id) {
        return registry.byId(realm, id)
                .map(software -> new Left(
                        DisplayText.name(software.name()),
                        addresses.software(id).toString(),
                        descriptions.state(software.state()),
                        descriptions.decision(software)))
                .orElseGet(() ->
                        new Left(texts.say("mcpApprovalsGone"), addresses.list().toString(), "", null));
    }

    private Row row(Software software) {
        return new Row(
                software.id() + ":" + software.version(),
                addresses.software(software.id()).toString(),
                software.name(),
                software.state().wire(),
                descriptions.state(software.state()),
                software.evidence().wire(),
                descriptions.evidence(software.evidence()),
                descriptions.warning(software),
                descriptions.places(software),
                descriptions.door(software.door()),
                texts.when(software.registeredAt()));
    }
}
