package dev.mcpclients.keycloak.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.util.JsonSerialization;

/** The decisions of a realm, the newest first. Rows never change. */
public final class DecisionHistory {

    private final EntityManager em;

    public DecisionHistory(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Decisions about all software with this fingerprint, at whatever door and whether it is still there or not. */
    public List<Decision> of(RealmModel realm, String fingerprint, int first, int max) {
        return em.createQuery(
                        "select d from DecisionEntity d where d.realmId = :realm and d.fingerprint = :fingerprint"
                                + " order by d.decidedAt desc, d.id desc",
                        DecisionEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("fingerprint", fingerprint)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(Decision::of)
                .toList();
    }

    /** The newest decisions of the realm. */
    public List<Decision> recent(RealmModel realm, int first, int max) {
        return page(realm, null, first, max);
    }

    /** The decisions of the realm before this one; as quick for the last page as for the first. */
    public List<Decision> after(RealmModel realm, Decision last, int max) {
        return page(realm, last, 0, max);
    }

    /** One decision of the realm. */
    public Optional<Decision> byId(RealmModel realm, String id) {
        return Optional.ofNullable(em.find(DecisionEntity.class, id))
                .filter(row -> row.realmId.equals(realm.getId()))
                .map(Decision::of);
    }

    private List<Decision> page(RealmModel realm, @Nullable Decision last, int first, int max) {
        return em.createQuery(
                        "select d from DecisionEntity d where d.realmId = :realm and d.decidedAt <= :at"
                                + " and (d.decidedAt < :at or d.id < :last) order by d.decidedAt desc, d.id desc",
                        DecisionEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("at", last == null ? Long.MAX_VALUE : last.at().toEpochMilli())
                .setParameter("last", last == null ? "" : last.id())
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(Decision::of)
                .toList();
    }

    /** Decisions about other software whose name looks the same to a person. */
    public List<Decision> earlierDecisionsOnLookAlikes(RealmModel realm, Software software, int max) {
        return em.createQuery(
                        "select d from DecisionEntity d where d.realmId = :realm and d.looksLike = :looksLike"
                                + " and d.fingerprint <> :fingerprint order by d.decidedAt desc, d.id desc",
                        DecisionEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("looksLike", looksLike(software.name()))
                .setParameter("fingerprint", software.fingerprint())
                .setMaxResults(max)
                .getResultStream()
                .map(Decision::of)
                .toList();
    }

    void add(
            SoftwareEntity row,
            Action action,
            SoftwareState before,
            Actor by,
            long at,
            @Nullable String reason,
            Limits limits,
            List<String> clientIds) {
        add(
                row.realmId,
                new Decision(
                        KeycloakModelUtils.generateId(),
                        row.id,
                        row.fingerprint,
                        row.name,
                        action,
                        before,
                        by,
                        Instant.ofEpochMilli(at),
                        reason,
                        limits,
                        snapshot(row, limits, clientIds)));
    }

    /**
     * Adds a decision that was made in another realm, under its id where that is free.
     *
     * @return false, and nothing added, where the history has it
     */
    public boolean bring(RealmModel realm, Decision decision, String softwareId) {
        long same = em.createQuery(
                        "select count(d) from DecisionEntity d where d.realmId = :realm and d.fingerprint = :fingerprint"
                                + " and d.decidedAt = :at and d.action = :action",
                        Long.class)
                .setParameter("realm", realm.getId())
                .setParameter("fingerprint", decision.fingerprint())
                .setParameter("at", decision.at().toEpochMilli())
                .setParameter("action", decision.action().wire())
                .getSingleResult();
        if (same > 0) {
            return false;
        }
        boolean taken = em.find(DecisionEntity.class, decision.id()) != null;
        add(
                realm.getId(),
                new Decision(
                        taken ? KeycloakModelUtils.generateId() : decision.id(),
                        softwareId,
                        decision.fingerprint(),
                        decision.name(),
                        decision.action(),
                        decision.before(),
                        decision.by(),
                        decision.at(),
                        decision.reason(),
                        decision.limits(),
                        decision.snapshot()));
        return true;
    }

    private void add(String realmId, Decision decision) {
        DecisionEntity row = new DecisionEntity();
        row.id = decision.id();
        row.realmId = realmId;
        row.softwareId = decision.softwareId();
        row.fingerprint = decision.fingerprint();
        row.name = decision.name();
        row.looksLike = looksLike(decision.name());
        row.action = decision.action().wire();
        row.stateBefore = decision.before().wire();
        row.decidedBy = decision.by().userId() == null ? null : decision.by().name();
        row.decidedById = decision.by().userId();
        row.decidedByRealm = decision.by().realm();
        row.decidedAt = decision.at().toEpochMilli();
        row.reason = decision.reason();
        row.limits = decision.limits().toJson();
        row.snapshot = decision.snapshot();
        em.persist(row);
    }

    /** Decisions about software that the realm has no more, the newest first; null for the first page. */
    public List<Decision> ofGoneSoftware(RealmModel realm, @Nullable Decision last, int max) {
        return em.createQuery(
                        "select d from DecisionEntity d where d.realmId = :realm"
                                + " and (d.decidedAt < :at or (d.decidedAt = :at and d.id < :last))"
                                + " and not exists (select 1 from SoftwareEntity s where s.realmId = d.realmId"
                                + " and s.fingerprint = d.fingerprint) order by d.decidedAt desc, d.id desc",
                        DecisionEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("at", last == null ? Long.MAX_VALUE : last.at().toEpochMilli())
                .setParameter("last", last == null ? "" : last.id())
                .setMaxResults(max)
                .getResultStream()
                .map(Decision::of)
                .toList();
    }

    private static String snapshot(SoftwareEntity row, Limits limits, List<String> clientIds) {
        ObjectNode snapshot = JsonSerialization.mapper.createObjectNode();
        snapshot.put("name", row.name)
                .put("fingerprint", row.fingerprint)
                .put("form", row.form)
                .put("door", row.door)
                .put("evidence", row.evidence)
                .put("registered_at", Instant.ofEpochMilli(row.registeredAt).toString());
        snapshot.set("claims", read(row.claims));
        ArrayNode clients = snapshot.putArray("clients");
        clientIds.forEach(clients::add);
        if (!limits.isNone()) {
            snapshot.set("limits", limits.json());
        }
        return snapshot.toString();
    }

    private static JsonNode read(String claims) {
        try {
            return JsonSerialization.mapper.readTree(claims);
        } catch (IOException e) {
            throw new IllegalStateException("claims of software are not JSON", e);
        }
    }

    /** Hashed because a skeleton may be longer than any column. */
    private static String looksLike(String name) {
        return Fingerprint.hash(Catalogue.skeleton(name));
    }
}
