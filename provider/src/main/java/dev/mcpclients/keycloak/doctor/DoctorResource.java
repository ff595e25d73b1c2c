package dev.mcpclients.keycloak.doctor;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code GET /admin/realms/{realm}/mcp/doctor}; whoever hands it out has asked for {@code manage-realm}. */
@Produces(MediaType.APPLICATION_JSON)
public final class DoctorResource {

    static final List<Check> CHECKS = List.of(
            new RegistrationCheck(),
            new DoorsCheck(),
            new ObstaclesCheck(),
            new RequiredActionCheck(),
            new ResourceCheck(),
            new VaultCheck(),
            new IssuerCheck(),
            new ScreenTextsCheck(),
            new RefreshRotationCheck(),
            new WaitingCheck(),
            new FeaturesCheck(),
            new ErrorPagesCheck(),
            new ClientAddressCheck(),
            new DemoUsersCheck(),
            new TokenLifespanCheck(),
            new MailCheck(),
            new EventsCheck(),
            new VersionCheck());

    private final KeycloakSession session;
    private final RealmModel realm;

    public DoctorResource(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @GET
    public Diagnosis examine() {
        return new Diagnosis(CHECKS.stream()
                .flatMap(check -> check.examine(session, realm))
                .sorted(Comparator.comparing(Finding::severity))
                .toList());
    }
}
