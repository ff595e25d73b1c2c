package dev.mcpclients.keycloak.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.catalogue.Catalogue;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.util.JsonSerialization;

/** The decisions of a realm, the newest first. Rows are written by {@link Decisions} alone and never change. */
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
            @Nullable String reason,
            Limits limits,
            List<String> clientIds) {
        DecisionEntity decision = new DecisionEntity();
        decision.id = KeycloakModelUtils.generateId();
        decision.realmId = row.realmId;
        decision.softwareId = row.id;
        decision.fingerprint = row.fingerprint;
        decision.name = row.name;
        decision.looksLike = looksLike(row.name);
        decision.action = action.wire();
        decision.stateBefore = before.wire();
        decision.decidedBy = by.userId() == null ? null : by.name();
        decision.decidedById = by.userId();
        decision.decidedByRealm = by.realm();
        decision.decidedAt = Time.currentTimeMillis();
        decision.reason = reason;
        decision.limits = limits.toJson();
        decision.snapshot = snapshot(row, limits, clientIds);
        em.persist(decision);
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
        byte[] hash =
                HashUtils.hash(JavaAlgorithm.SHA256, Catalogue.skeleton(name).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
