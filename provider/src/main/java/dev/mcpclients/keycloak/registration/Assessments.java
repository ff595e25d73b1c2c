package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.catalogue.KnownClient;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import dev.mcpclients.keycloak.registration.EvidenceRule.Standing;
import dev.mcpclients.keycloak.registry.Assessment;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.RealmModel;

/** A look at software that is registered, by the catalogue and the settings of its realm as they are now. */
public final class Assessments {

    /** Empty for software that has no redirect URIs in its fingerprint: its document says what it is. */
    public static Optional<Assessment> of(SoftwareRegistry registry, RealmModel realm, Software software) {
        List<String> written = Fingerprint.redirectUris(software.form());
        if (written.isEmpty()) {
            return Optional.empty();
        }
        RegistrationSettings settings = Arrivals.settings(realm, software.door());
        Catalogue catalogue = settings.catalogue();
        List<RedirectUri> uris = readable(written);
        Evidence evidence = evidence(catalogue, written, uris);
        String looksLike =
                catalogue.imitated(software.name(), uris).map(KnownClient::name).orElse(null);
        if (looksLike == null && !software.basis().isHuman()) {
            looksLike = registry.approvedAlike(realm, software.name(), software.fingerprint());
        }
        Standing standing = EvidenceRule.next(software, settings, evidence, looksLike);
        return Optional.of(new Assessment(evidence, looksLike, standing.state(), standing.basis()));
    }

    /** The lowest evidence over all redirect URIs of a fingerprint. What can no longer be read as one proves nothing. */
    static Evidence evidence(Catalogue catalogue, String form) {
        List<String> written = Fingerprint.redirectUris(form);
        return evidence(catalogue, written, readable(written));
    }

    private static Evidence evidence(Catalogue catalogue, List<String> written, List<RedirectUri> readable) {
        return readable.size() == written.size() ? catalogue.evidenceOf(readable) : Evidence.NONE;
    }

    private static List<RedirectUri> readable(List<String> written) {
        return written.stream()
                .map(uri -> RedirectUri.parse(uri.replace("{id}", "id")))
                .flatMap(uri -> uri instanceof RedirectUri.Result.Ok ok
                        ? Optional.of(ok.uri()).stream()
                        : Optional.<RedirectUri>empty().stream())
                .toList();
    }

    private Assessments() {}
}
