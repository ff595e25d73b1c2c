package dev.mcpclients.keycloak.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

/** One Keycloak client of software. */
@Entity
@Table(name = "MCP_CLIENT")
@NamedQuery(
        name = "mcpClientsOfSoftware",
        query = "select c.clientUuid from SoftwareClientEntity c where c.softwareId in :software")
@NamedQuery(
        name = "mcpClientsWithoutScope",
        query = "select c.clientUuid from SoftwareClientEntity c join SoftwareEntity s on s.id = c.softwareId"
                + " where s.realmId = :realm and not exists (select 1 from ClientScopeClientMappingEntity m"
                + " where m.clientId = c.clientUuid and m.clientScopeId = :scope)"
                + " and not exists (select 1 from ClientAttributeEntity a"
                + " where a.client.id = c.clientUuid and a.name = 'mcp.preregistered')")
class SoftwareClientEntity {

    @Id
    @Column(name = "CLIENT_UUID", length = 36)
    String clientUuid = "";

    /** OAuth client id, so that a repeated registration needs no look at the Keycloak client. */
    @Nationalized
    @Column(name = "CLIENT_ID", length = 255, nullable = false)
    String clientId = "";

    @Column(name = "SOFTWARE_ID", length = 36, nullable = false)
    String softwareId = "";

    /** The software's id on its shared client, null on own clients: the unique constraint allows one shared client. */
    @Column(name = "SHARED_OF", length = 36)
    @Nullable
    String sharedOf;

    SoftwareClientEntity() {}
}
