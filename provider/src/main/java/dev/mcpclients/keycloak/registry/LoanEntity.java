package dev.mcpclients.keycloak.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;

/** What stands in Keycloak's record of consents for one authorization only. */
@Entity
@Table(name = "MCP_LOAN")
@NamedQuery(
        name = "mcpLoansOfUser",
        query = "select l from LoanEntity l where l.clientUuid = :client and l.userId = :user")
@NamedQuery(
        name = "mcpLoanForget",
        query = "delete from LoanEntity l where l.clientUuid = :client and l.userId = :user")
@NamedQuery(
        name = "mcpLoansEnded",
        query = "select l.realmId, l.id from LoanEntity l where l.endsAt <= :now order by l.endsAt")
class LoanEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    String userId = "";

    @Column(name = "CLIENT_UUID", length = 36, nullable = false)
    String clientUuid = "";

    /** Items separated by spaces. */
    @Nationalized
    @Column(name = "ITEMS", nullable = false)
    String items = "";

    @Column(name = "ENDS_AT", nullable = false)
    long endsAt;

    LoanEntity() {}
}
