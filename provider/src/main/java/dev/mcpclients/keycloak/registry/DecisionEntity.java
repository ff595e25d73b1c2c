package dev.mcpclients.keycloak.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

/** One decision; only ever inserted, and kept when its software goes. */
@Entity
@Table(name = "MCP_DECISION")
class DecisionEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    String realmId = "";

    @Column(name = "SOFTWARE_ID", length = 36, nullable = false)
    String softwareId = "";

    @Column(name = "FINGERPRINT", length = 64, nullable = false)
    String fingerprint = "";

    @Nationalized
    @Column(name = "NAME", length = 255, nullable = false)
    String name = "";

    /** SHA-256 of what is left of the name when look-alikes are made one. */
    @Column(name = "LOOKS_LIKE", length = 64, nullable = false)
    String looksLike = "";

    @Column(name = "ACTION", length = 16, nullable = false)
    String action = "";

    @Column(name = "STATE_BEFORE", length = 16, nullable = false)
    String stateBefore = "";

    /** Null where a date decided. */
    @Nationalized
    @Column(name = "DECIDED_BY", length = 255)
    @Nullable
    String decidedBy;

    @Column(name = "DECIDED_BY_ID", length = 255)
    @Nullable
    String decidedById;

    @Nationalized
    @Column(name = "DECIDED_BY_REALM", length = 255)
    @Nullable
    String decidedByRealm;

    @Column(name = "DECIDED_AT", nullable = false)
    long decidedAt;

    @Nationalized
    @Column(name = "REASON", length = 1000)
    @Nullable
    String reason;

    @Nationalized
    @Column(name = "LIMITS")
    @Nullable
    String limits;

    @Nationalized
    @Column(name = "SNAPSHOT", nullable = false)
    String snapshot = "";

    DecisionEntity() {}
}
