package dev.mcpclients.keycloak.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

/** A user who waits for a decision about software, and why. */
@Entity
@Table(name = "MCP_REQUEST")
@NamedQuery(
        name = "mcpRequestsOfSoftware",
        query = "select r from RequestEntity r where r.softwareId = :software order by r.askedAt, r.id")
@NamedQuery(
        name = "mcpRequestOfUser",
        query = "select r from RequestEntity r where r.softwareId = :software and r.userId = :user")
class RequestEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "SOFTWARE_ID", length = 36, nullable = false)
    String softwareId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    String userId = "";

    @Nationalized
    @Column(name = "REASON", length = 1000)
    @Nullable
    String reason;

    @Column(name = "ASKED_AT", nullable = false)
    long askedAt;

    RequestEntity() {}
}
