package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Decision;
import dev.mcpclients.keycloak.registry.DecisionHistory;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A page of what a realm knows about software, which Keycloak's own export leaves out; {@link Import} takes it as it is. Secrets and
 * registration access tokens are not in it.
 *
 * @param format of these members, 1
 * @param software a page of software with its decisions, in the order of ids
 * @param decisions a page of decisions about software that is gone, after the last page of software
 * @param next to be sent as {@code after} for the next page, absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Export(
        int format,
        String realm,
        List<ExportedSoftware> software,
        List<DecisionRepresentation> decisions,
        @Nullable String next) {

    static final int FORMAT = 1;

    /** Decisions of one software, the newest; who decided more often finds the rest in {@code decisions/export}. */
    static final int DECISIONS_OF_ONE = 200;

    private static final String SOFTWARE = "software:";
    private static final String DECISIONS = "decisions:";

    /** Software as admin REST shows it, and what a list of it leaves out. */
    record ExportedSoftware(
            @JsonUnwrapped SoftwareRepresentation software,
            String form,
            List<ExportedClient> clients,
            List<DecisionRepresentation> decisions) {}

    /**
     * A client of software.
     *
     * @param shared whether every registrant of the software receives it
     * @param listed whether an administrator listed it
     * @param redirectUris of a shared client, which can be made from them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportedClient(
            String clientId, @Nullable Boolean shared, @Nullable Boolean listed, @Nullable List<String> redirectUris) {

        static ExportedClient of(ClientModel client) {
            boolean isShared = client.getAttribute(ClientAttributes.SHARED) != null;
            return new ExportedClient(
                    client.getClientId(),
                    isShared ? true : null,
                    client.getAttribute(ClientAttributes.PREREGISTERED) == null ? null : true,
                    isShared ? List.copyOf(new TreeSet<>(client.getRedirectUris())) : null);
        }
    }

    /** The page after this one, null for the first. */
    static Export page(KeycloakSession session, RealmModel realm, @Nullable String after, int max) {
        SoftwareRegistry registry = new SoftwareRegistry(session);
        DecisionHistory history = new DecisionHistory(session);
        if (after != null && after.startsWith(DECISIONS)) {
            Decision last = history.byId(realm, after.substring(DECISIONS.length()))
                    .orElseThrow(() -> Input.wrong("after", after, "next of the page before"));
            return gone(realm, List.of(), history.ofGoneSoftware(realm, last, max), max);
        }
        if (after != null && !after.startsWith(SOFTWARE)) {
            throw Input.wrong("after", after, "next of the page before");
        }
        List<Software> page = registry.after(realm, after == null ? "" : after.substring(SOFTWARE.length()), max);
        List<ExportedSoftware> software = page.stream()
                .map(each -> exported(realm, registry, history, each))
                .toList();
        return page.size() == max
                ? new Export(
                        FORMAT,
                        realm.getName(),
                        software,
                        List.of(),
                        SOFTWARE + page.get(max - 1).id())
                : gone(realm, software, history.ofGoneSoftware(realm, null, max), max);
    }

    private static Export gone(RealmModel realm, List<ExportedSoftware> software, List<Decision> decisions, int max) {
        return new Export(
                FORMAT,
                realm.getName(),
                software,
                shown(realm, decisions),
                decisions.size() == max ? DECISIONS + decisions.get(max - 1).id() : null);
    }

    private static ExportedSoftware exported(
            RealmModel realm, SoftwareRegistry registry, DecisionHistory history, Software software) {
        return new ExportedSoftware(
                SoftwareRepresentation.of(realm, software, null),
                software.form(),
                registry.clientsOf(software.id()).stream()
                        .map(realm::getClientById)
                        .filter(Objects::nonNull)
                        .map(ExportedClient::of)
                        .toList(),
                shown(realm, history.of(realm, software.fingerprint(), 0, DECISIONS_OF_ONE)));
    }

    private static List<DecisionRepresentation> shown(RealmModel realm, List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> DecisionRepresentation.of(realm, decision))
                .toList();
    }
}
