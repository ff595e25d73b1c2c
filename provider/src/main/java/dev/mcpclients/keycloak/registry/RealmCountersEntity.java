package dev.mcpclients.keycloak.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Maintained counts of a realm, so that no request counts rows. */
@Entity
@Table(name = "MCP_REALM")
class RealmCountersEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    String realmId = "";

    /** Software that waits for a decision. */
    @Column(name = "PENDING", nullable = false)
    int pending;

    @Column(name = "APPROVED", nullable = false)
    int approved;

    @Column(name = "DENIED", nullable = false)
    int denied;

    /** Software that no user has used and no person has decided about. */
    @Column(name = "UNUSED", nullable = false)
    int unused;

    /** The catalogue and settings that the evidence of the realm's software was found by. */
    @Column(name = "EVIDENCE_STAMP", length = 64)
    @Nullable
    String evidenceStamp;

    RealmCountersEntity() {}
}
