package dev.mcpclients.keycloak.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

/** One product as it described itself at one door. */
@Entity
@Table(name = "MCP_SOFTWARE")
@NamedQuery(
        name = "mcpSoftwareByFingerprint",
        query = "select s, c from SoftwareEntity s left join SoftwareClientEntity c on c.sharedOf = s.id"
                + " where s.realmId = :realm and s.fingerprint = :fingerprint")
@NamedQuery(
        name = "mcpApprovedAlike",
        query = "select s.name from SoftwareEntity s where s.realmId = :realm and s.skeleton = :skeleton"
                + " and s.fingerprint <> :fingerprint and s.state = 'approved' and s.basis in ('decision', 'evidence')")
@NamedQuery(
        name = "mcpSoftwareUsed",
        query = "update SoftwareEntity s set s.usedAt = :now where s.id = :id and s.usedAt is null")
class SoftwareEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    String realmId = "";

    @Column(name = "FINGERPRINT", length = 64, nullable = false)
    String fingerprint = "";

    @Nationalized
    @Column(name = "FORM", nullable = false)
    String form = "";

    @Column(name = "DOOR", length = 16, nullable = false)
    String door = "";

    @Nationalized
    @Column(name = "NAME", length = 255, nullable = false)
    String name = "";

    /** The name in lower case, what search looks at. */
    @Nationalized
    @Column(name = "NAME_FOLDED", length = 255, nullable = false)
    String nameFolded = "";

    @Column(name = "EVIDENCE", length = 16, nullable = false)
    String evidence = "";

    /** SHA-256 of the skeleton of the name: equal for names that look the same. */
    @Column(name = "SKELETON", length = 64)
    @Nullable
    String skeleton;

    @Nationalized
    @Column(name = "LOOKS_LIKE", length = 255)
    @Nullable
    String looksLike;

    @Column(name = "STATE", length = 16, nullable = false)
    String state = "";

    @Column(name = "BASIS", length = 16, nullable = false)
    String basis = "";

    @Nationalized
    @Column(name = "REASON", length = 1000)
    @Nullable
    String reason;

    @Nationalized
    @Column(name = "DECIDED_BY", length = 255)
    @Nullable
    String decidedBy;

    /** Milliseconds since the epoch, as all times of the tables. */
    @Column(name = "DECIDED_AT")
    @Nullable
    Long decidedAt;

    /** {@link Limits} as JSON. */
    @Nationalized
    @Column(name = "LIMITS")
    @Nullable
    String limits;

    /** The date among the limits, to find what has ended. */
    @Column(name = "EXPIRES_AT")
    @Nullable
    Long expiresAt;

    @Column(name = "REGISTERED_AT", nullable = false)
    long registeredAt;

    /** Address of whoever registered it first, until it is forgotten. */
    @Column(name = "REGISTERED_FROM", length = 45)
    @Nullable
    String registeredFrom;

    /** When people were last reminded that it waits. */
    @Column(name = "REMINDED_AT")
    @Nullable
    Long remindedAt;

    @Column(name = "USED_AT")
    @Nullable
    Long usedAt;

    /** What registrants claimed, a JSON array, the newest last. */
    @Nationalized
    @Column(name = "CLAIMS", nullable = false)
    String claims = "[]";

    @Version
    @Column(name = "VERSION", nullable = false)
    int version;

    SoftwareEntity() {}
}
