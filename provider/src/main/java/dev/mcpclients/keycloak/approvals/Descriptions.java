package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.Destination;
import dev.mcpclients.keycloak.approval.Identity.Place;
import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.registration.Catalogues;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/** Says in words what the registry knows about software. */
final class Descriptions {

    private final Texts texts;
    private final Catalogue catalogue;

    Descriptions(Texts texts, RealmModel realm) {
        this.texts = texts;
        this.catalogue = Catalogues.of(realm);
    }

    String state(SoftwareState state) {
        return texts.say("mcpState." + state.wire());
    }

    String door(Door door) {
        return texts.say("mcpDoor." + door.wire());
    }

    String evidence(Evidence evidence) {
        return texts.say("mcpEvidenceLabel." + evidence.wire());
    }

    String action(Action action) {
        return texts.say("mcpAction." + action.wire());
    }

    /** Who decided last and when, null where nobody has. */
    @Nullable
    String decision(Software software) {
        if (software.decidedAt() == null) {
            return null;
        }
        String when = texts.when(software.decidedAt()).text();
        return software.decidedBy() == null || software.decidedBy().isEmpty()
                ? texts.say("mcpApprovalsDecidedByDate", when)
                : texts.say("mcpApprovalsDecided", DisplayText.name(software.decidedBy()), when);
    }

    /** That it gives itself out for a product that is known or approved. */
    @Nullable
    String warning(Software software) {
        return software.looksLike() == null ? null : texts.say("mcpImitation", software.looksLike());
    }

    List<Place> receivers(Software software) {
        return Fingerprint.redirectUris(software.form()).stream()
                .map(uri -> {
                    Destination destination = Destination.of(uri);
                    return new Place(
                            destination.isThisComputer()
                                    ? texts.say("mcpApprovalsUsersComputer")
                                    : DisplayText.line(destination.host()),
                            destination
                                    .written()
                                    .map(written -> texts.say("mcpHostWritten", written))
                                    .orElse(null),
                            DisplayText.line(uri),
                            destination.evidence(catalogue) == Evidence.KNOWN);
                })
                .toList();
    }

    /** Where codes go, each place once. */
    List<String> places(Software software) {
        return receivers(software).stream().map(Place::name).distinct().toList();
    }
}
