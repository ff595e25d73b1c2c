package dev.mcpclients.keycloak.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** What a user allowed one client to do, and when he did so last. */
@Entity
@Table(name = "MCP_ALLOWANCE")
@NamedQuery(
        name = "mcpAllowance",
        query = "select a.scopes, a.allowedAt from AllowanceEntity a where a.userId = :user and a.targetHash = :target")
@NamedQuery(
        name = "mcpAllowanceCount",
        query = "select count(a) from AllowanceEntity a"
                + " where a.userId = :user and a.clientUuid = :client and a.redirectHash = :redirect")
@NamedQuery(
        name = "mcpAllowanceRedirects",
        query = "select distinct a.redirectHash from AllowanceEntity a where a.clientUuid = :client")
@NamedQuery(
        name = "mcpAllowanceForget",
        query = "delete from AllowanceEntity a where a.userId = :user and a.clientUuid = :client")
class AllowanceEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    String userId = "";

    @Column(name = "CLIENT_UUID", length = 36, nullable = false)
    String clientUuid = "";

    /** SHA-256 over the client and the {@link Allowances.Subject}. */
    @Column(name = "TARGET_HASH", length = 64, nullable = false)
    String targetHash = "";

    /** SHA-256 over the redirect URI of the subject. */
    @Column(name = "REDIRECT_HASH", length = 64, nullable = false)
    String redirectHash = "";

    /** Scope names, sorted, separated by spaces. */
    @Column(name = "SCOPES", length = 4000, nullable = false)
    String scopes = "";

    @Column(name = "ALLOWED_AT", nullable = false)
    long allowedAt;

    AllowanceEntity() {}
}
