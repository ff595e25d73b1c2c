package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The software of a realm and its clients. States of software that exists are changed by {@link Decisions} alone. */
public final class SoftwareRegistry {

    /** Longest reason of a request or a decision, in characters. */
    public static final int MAX_REASON = 1000;

    /** Of an IPv6 address, the longest there is. */
    private static final int LONGEST_ADDRESS = 45;

    private final KeycloakSession session;
    private final EntityManager em;
    private final RealmCounters counters;

    public SoftwareRegistry(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.counters = new RealmCounters(session);
    }

    /** The rows of this software, at most one for each door; one statement. */
    public List<Software> byFingerprint(RealmModel realm, Fingerprint fingerprint) {
        List<Software> rows = new ArrayList<>();
        for (Object[] row : em.createNamedQuery("mcpSoftwareByFingerprint", Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("fingerprint", fingerprint.hash())
                .getResultList()) {
            Software software = Software.of((SoftwareEntity) row[0], shared((SoftwareClientEntity) row[1]));
            if (!software.form().equals(fingerprint.form())) {
                throw new IllegalStateException("two forms with the fingerprint " + fingerprint.hash());
            }
            rows.add(software);
        }
        return rows;
    }

    private static @Nullable SharedClient shared(@Nullable SoftwareClientEntity link) {
        return link == null ? null : new SharedClient(link.clientUuid, link.clientId);
    }

    /** One software of this realm; its shared client is not looked up. */
    public Optional<Software> byId(RealmModel realm, String id) {
        return row(realm, id).map(row -> Software.of(row, null));
    }

    /** State of software in this realm, empty where the row is gone: that counts as pending. */
    public Optional<SoftwareState> stateOf(RealmModel realm, String id) {
        return row(realm, id).map(row -> SoftwareState.of(row.state));
    }

    /** What a client of ours carries, where its row says the same: a client that came by a realm import has no row, and is pending. */
    public SoftwareState stateOf(RealmModel realm, ClientModel client) {
        SoftwareState carried = ClientAttributes.stateOf(client);
        return stateOf(realm, client.getAttribute(ClientAttributes.SOFTWARE))
                .map(registered -> registered.stricter(carried))
                .orElse(carried.stricter(SoftwareState.PENDING));
    }

    private Optional<SoftwareEntity> row(RealmModel realm, String id) {
        return isStorable(id)
                ? Optional.ofNullable(em.find(SoftwareEntity.class, id))
                        .filter(row -> row.realmId.equals(realm.getId()))
                : Optional.empty();
    }

    /**
     * Adds software. The row is flushed, so that the unique constraint on realm, fingerprint and door speaks here.
     *
     * @return empty, and nothing added, where a bound of the realm is reached
     * @throws jakarta.persistence.PersistenceException where a simultaneous registration was first
     */
    public Optional<Software> add(RealmModel realm, NewSoftware software, RegistryBounds bounds) {
        SoftwareEntity row = row(realm, software.fingerprint(), software.door(), software.name());
        row.id = KeycloakModelUtils.generateId();
        row.evidence = software.evidence().wire();
        row.looksLike = software.looksLike();
        row.state = software.state().wire();
        row.basis = software.basis().wire();
        row.reason = software.reason();
        row.decidedBy = software.decidedBy();
        row.limits = software.limits().toJson();
        row.expiresAt = millis(software.limits().until());
        row.registeredAt = Time.currentTimeMillis();
        row.registeredFrom = software.addressKept() ? address() : null;
        row.claims = software.claims();
        em.persist(row);
        em.flush();
        if (software.basis().isHuman()) {
            counters.move(realm.getId(), null, software.state());
            return Optional.of(Software.of(row, null));
        }
        if (!counters.add(realm.getId(), software.state(), bounds)) {
            return Optional.empty();
        }
        Software added = Software.of(row, null);
        session.getKeycloakSessionFactory().publish(new SoftwareAdded(session, realm, added));
        return Optional.of(added);
    }

    /**
     * Adds software that another realm had, under its id where that is free. No bound holds it back, and nobody is told. Its evidence is
     * to be found here.
     */
    public Software bring(RealmModel realm, BroughtSoftware software) {
        SoftwareEntity row = row(realm, software.fingerprint(), software.door(), software.name());
        row.id = em.find(SoftwareEntity.class, software.id()) == null ? software.id() : KeycloakModelUtils.generateId();
        row.evidence = Evidence.NONE.wire();
        row.state = software.standing().state().wire();
        row.basis = software.standing().basis().wire();
        row.reason = software.standing().reason();
        row.decidedBy = software.standing().decidedBy();
        row.decidedAt = millis(software.standing().decidedAt());
        row.limits = software.standing().limits().toJson();
        row.expiresAt = millis(software.standing().limits().until());
        row.registeredAt = software.registeredAt().toEpochMilli();
        row.usedAt = millis(software.usedAt());
        row.claims = software.claims();
        em.persist(row);
        em.flush();
        counters.bring(
                realm.getId(),
                software.standing().state(),
                row.usedAt == null && !software.standing().basis().isHuman());
        return Software.of(row, null);
    }

    private static SoftwareEntity row(RealmModel realm, Fingerprint fingerprint, Door door, String name) {
        SoftwareEntity row = new SoftwareEntity();
        row.realmId = realm.getId();
        row.fingerprint = fingerprint.hash();
        row.form = fingerprint.form();
        row.door = door.wire();
        row.name = name;
        row.nameFolded = fold(name);
        row.skeleton = NameSkeleton.hash(name);
        return row;
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /** Which software the registry knows this client to be of; empty for a client that came by realm import, too. */
    public Optional<String> softwareOf(ClientModel client) {
        return Optional.ofNullable(em.find(SoftwareClientEntity.class, client.getId()))
                .map(link -> link.softwareId);
    }

    /** As Keycloak sees it: behind a proxy its option proxy-headers decides. */
    private @Nullable String address() {
        String address = session.getContext().getConnection().getRemoteAddr();
        return address != null && address.length() <= LONGEST_ADDRESS ? address : null;
    }

    /** Forgets from where software was registered before that moment. */
    public int forgetAddressesBefore(RealmModel realm, Instant moment) {
        return em.createQuery("update SoftwareEntity s set s.registeredFrom = null where s.realmId = :realm"
                        + " and s.registeredAt < :moment and s.registeredFrom is not null")
                .setParameter("realm", realm.getId())
                .setParameter("moment", moment.toEpochMilli())
                .executeUpdate();
    }

    /** The name of other software that looks the same and was approved as what it is, null where there is none. */
    public @Nullable String approvedAlike(RealmModel realm, String name, String fingerprint) {
        String skeleton = NameSkeleton.hash(name);
        return skeleton == null
                ? null
                : em.createNamedQuery("mcpApprovedAlike", String.class)
                        .setParameter("realm", realm.getId())
                        .setParameter("skeleton", skeleton)
                        .setParameter("fingerprint", fingerprint)
                        .setMaxResults(1)
                        .getResultStream()
                        .findFirst()
                        .orElse(null);
    }

    /** Software of the realm in the order of ids, from the one after this id on: for work on all of it in small batches. */
    public List<Software> after(RealmModel realm, String id, int max) {
        return em.createQuery(
                        "select s from SoftwareEntity s where s.realmId = :realm and s.id > :id order by s.id",
                        SoftwareEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("id", id)
                .setMaxResults(max)
                .getResultStream()
                .map(row -> Software.of(row, null))
                .toList();
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Makes the client the shared one of the software; the unique constraint allows one. */
    public void linkShared(Software software, ClientModel client) {
        link(software, client, software.id());
    }

    /** Adds a client that only its registrant uses. */
    public void linkOwn(Software software, ClientModel client) {
        link(software, client, null);
    }

    /** Makes an own client one of this software, whatever software it belonged to before. */
    public void moveOwn(Software software, ClientModel client) {
        SoftwareClientEntity link = em.find(SoftwareClientEntity.class, client.getId());
        if (link == null) {
            link(software, client, null);
        } else {
            link.softwareId = software.id();
            em.flush();
        }
    }

    private void link(Software software, ClientModel client, @Nullable String sharedOf) {
        SoftwareClientEntity link = new SoftwareClientEntity();
        link.clientUuid = client.getId();
        link.clientId = client.getClientId();
        link.softwareId = software.id();
        link.sharedOf = sharedOf;
        em.persist(link);
        em.flush();
    }

    /** Uuids of all clients of the software. */
    public List<String> clientsOf(String softwareId) {
        return em.createNamedQuery("mcpClientsOfSoftware", String.class)
                .setParameter("software", List.of(softwareId))
                .getResultList();
    }

    /** Uuids of clients of the realm's software that this client scope is not attached to. */
    public List<String> clientsWithoutScope(RealmModel realm, String scopeId, int max) {
        return em.createNamedQuery("mcpClientsWithoutScope", String.class)
                .setParameter("realm", realm.getId())
                .setParameter("scope", scopeId)
                .setMaxResults(max)
                .getResultList();
    }

    /** Replaces what registrants claimed; not a decision, so the version stays. */
    public void noteClaims(Software software, String claims) {
        em.createQuery("update SoftwareEntity s set s.claims = :claims where s.id = :id")
                .setParameter("claims", claims)
                .setParameter("id", software.id())
                .executeUpdate();
    }

    /** Notes that a user has allowed this software for the first time. */
    public void markUsed(RealmModel realm, String softwareId) {
        int first = em.createNamedQuery("mcpSoftwareUsed")
                .setParameter("now", Time.currentTimeMillis())
                .setParameter("id", softwareId)
                .executeUpdate();
        if (first == 1) {
            row(realm, softwareId)
                    .filter(row -> !Basis.of(row.basis).isHuman())
                    .ifPresent(row -> counters.used(realm.getId()));
        }
    }

    /**
     * Notes that the user waits for a decision; asking again replaces the reason where one is given, and keeps the date. Of a reason
     * that is too long the beginning is kept: a form counts a line break as one character and sends two.
     */
    public void ask(String softwareId, UserModel user, @Nullable String given) {
        @Nullable String reason = given == null ? null : storable(given);
        Optional<RequestEntity> before = em.createNamedQuery("mcpRequestOfUser", RequestEntity.class)
                .setParameter("software", softwareId)
                .setParameter("user", user.getId())
                .getResultStream()
                .findFirst();
        if (before.isPresent()) {
            if (reason != null) {
                before.get().reason = reason;
            }
            return;
        }
        RequestEntity row = new RequestEntity();
        row.id = KeycloakModelUtils.generateId();
        row.softwareId = softwareId;
        row.userId = user.getId();
        row.reason = reason;
        row.askedAt = Time.currentTimeMillis();
        em.persist(row);
    }

    /** PostgreSQL takes no zero character, not even to compare with. */
    public static boolean isStorable(String text) {
        return text.indexOf('\0') < 0;
    }

    private static String storable(String reason) {
        String text = reason.replace("\0", "");
        if (text.length() <= MAX_REASON) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MAX_REASON - 1));
        return text.substring(0, splits ? MAX_REASON - 1 : MAX_REASON);
    }

    /** When this user asked for the software, empty where he has not. */
    public Optional<Instant> askedAt(String softwareId, UserModel user) {
        return em.createNamedQuery("mcpRequestOfUser", RequestEntity.class)
                .setParameter("software", softwareId)
                .setParameter("user", user.getId())
                .getResultStream()
                .findFirst()
                .map(row -> Instant.ofEpochMilli(row.askedAt));
    }

    /** Who waits for the software, in the order of asking. */
    public List<AccessRequest> requestsFor(String softwareId, int max) {
        return em.createNamedQuery("mcpRequestsOfSoftware", RequestEntity.class)
                .setParameter("software", softwareId)
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new AccessRequest(row.userId, row.reason, Instant.ofEpochMilli(row.askedAt)))
                .toList();
    }

    /** A page of software, the newest first, without shared clients. */
    public List<Software> search(RealmModel realm, SoftwareFilter filter, int first, int max) {
        return search(realm, filter, null, first, max);
    }

    /** The page after the software that the cursor names; as quick for the last page as for the first. */
    public List<Software> search(RealmModel realm, SoftwareFilter filter, Cursor after, int max) {
        return search(realm, filter, after, 0, max);
    }

    private List<Software> search(RealmModel realm, SoftwareFilter filter, @Nullable Cursor after, int first, int max) {
        // The first condition alone is a bound of an index; databases do not make one of an "or".
        String page = after == null ? "" : " and s.registeredAt <= :at and (s.registeredAt < :at or s.id < :after)";
        TypedQuery<SoftwareEntity> query = em.createQuery(
                "select s from SoftwareEntity s where " + filter.where() + page
                        + " order by s.registeredAt desc, s.id desc",
                SoftwareEntity.class);
        query.setParameter("realm", realm.getId());
        filter.parameters().forEach(query::setParameter);
        if (after != null) {
            query.setParameter("at", after.registeredAt().toEpochMilli()).setParameter("after", after.id());
        }
        return query.setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(row -> Software.of(row, null))
                .toList();
    }

    /** How much software waits for a decision: the maintained count. */
    public int pending(RealmModel realm) {
        return counts(realm).pending();
    }

    /** How much software is in each state: the maintained counts. */
    public Counts counts(RealmModel realm) {
        return counters.counts(realm.getId());
    }

    /** The maintained counts of every realm that has any, by the name of the realm. */
    public Map<String, Counts> countsByRealm() {
        Map<String, Counts> counts = new TreeMap<>();
        em.createQuery(
                        "select r.name, c from RealmCountersEntity c join RealmEntity r on r.id = c.realmId",
                        Object[].class)
                .getResultStream()
                .forEach(row -> counts.put((String) row[0], RealmCounters.counts((RealmCountersEntity) row[1])));
        return counts;
    }

    /** Ids of realms that keep an address. */
    public List<String> realmsWithAddresses() {
        return em.createQuery(
                        "select distinct s.realmId from SoftwareEntity s where s.registeredFrom is not null",
                        String.class)
                .getResultList();
    }

    /** Software whose approval has ended by date: realm and id. */
    public List<Ended> ended(Instant now, int max) {
        return em.createQuery(
                        "select s.realmId, s.id from SoftwareEntity s where s.expiresAt <= :now order by s.expiresAt",
                        Object[].class)
                .setParameter("now", now.toEpochMilli())
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new Ended((String) row[0], (String) row[1]))
                .toList();
    }

    /** Software whose approval has ended. */
    public record Ended(String realmId, String softwareId) {}
}
