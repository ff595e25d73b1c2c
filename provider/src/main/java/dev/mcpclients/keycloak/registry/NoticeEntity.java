package dev.mcpclients.keycloak.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** That people were told about something on a day. */
@Entity
@Table(name = "MCP_NOTICE")
class NoticeEntity {

    /** SHA-256 over realm, day, kind and subject: who inserts it first may tell. */
    @Id
    @Column(name = "ID", length = 64)
    String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    String realmId = "";

    /** Days since the epoch, UTC. */
    @Column(name = "EPOCH_DAY", nullable = false)
    long day;

    @Column(name = "KIND", length = 16, nullable = false)
    String kind = "";

    NoticeEntity() {}
}
