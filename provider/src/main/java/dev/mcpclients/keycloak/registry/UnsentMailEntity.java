package dev.mcpclients.keycloak.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;

/** A mail that the mail server did not take. */
@Entity
@Table(name = "MCP_MAIL")
class UnsentMailEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    String userId = "";

    @Nationalized
    @Column(name = "CONTENT", nullable = false)
    String content = "";

    @Column(name = "TRIES", nullable = false)
    int tries;

    @Column(name = "CREATED_AT", nullable = false)
    long createdAt;

    @Column(name = "NEXT_AT", nullable = false)
    long nextAt;

    UnsentMailEntity() {}
}
