package dev.mcpclients.keycloak.registration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.metadata.AuthMethod;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import dev.mcpclients.keycloak.metadata.RegistrationRules;
import dev.mcpclients.keycloak.metadata.Verdict;
import dev.mcpclients.keycloak.registry.BroughtSoftware.Standing;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/** What a realm makes of software and clients that come from another realm instead of registering. */
public final class Arrivals {

    private final KeycloakSession session;
    private final RealmModel realm;

    public Arrivals(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    static RegistrationSettings settings(RealmModel realm, Door door) {
        return RegistrationSettings.at(
                realm, door == Door.AUTHENTICATED ? RegistrationAuth.AUTHENTICATED : RegistrationAuth.ANONYMOUS);
    }

    /** What software that no person decided about is at this door; it waits where the door lets nothing new in. */
    public Standing undecided(Door door) {
        Admission admission = settings(realm, door).admission();
        return Standing.of(admission.newState(), admission.basis());
    }

    /**
     * Makes the shared client of software under the id it had in another realm, if the rules of this realm make the same software of
     * what it would register: an import gets in nothing that a registration would not.
     */
    public Optional<ClientModel> shared(Software software, String clientId, List<String> redirectUris) {
        RegistrationSettings settings = settings(realm, software.door());
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        Fingerprint.name(software.form())
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> said.put("client_name", name));
        ArrayNode uris = said.putArray("redirect_uris");
        redirectUris.forEach(uris::add);
        Verdict verdict = new RegistrationRules(settings.rules(), settings.catalogue()).judge(said);
        if (!(verdict instanceof Verdict.Accepted accepted)
                || !accepted.registration().fingerprint().form().equals(software.form())) {
            return Optional.empty();
        }
        ClientModel client = new ClientTemplate(session, realm, OfferedScopes.of(session, realm))
                .create(clientId, software, accepted.registration(), true);
        new SoftwareRegistry(session).linkShared(software, client);
        return Optional.of(client);
    }

    /** Whether a client that an administrator lists here is this software. */
    public boolean isListed(ClientModel client, Fingerprint fingerprint) {
        return Preregistered.isGiven(client)
                && Preregistered.fingerprint(client).form().equals(fingerprint.form());
    }

    /** Whether a client that is here already is the shared one of this software, by its own name and redirect URIs. */
    public boolean isShared(ClientModel client, Software software) {
        if ("true".equals(client.getAttribute(ClientAttributes.PREREGISTERED))) {
            return Preregistered.fingerprint(client).form().equals(software.form());
        }
        Catalogue catalogue = settings(realm, software.door()).catalogue();
        String name = DisplayText.UNNAMED.equals(client.getName()) ? "" : client.getName();
        Collection<Optional<String>> uris = client.getRedirectUris().stream()
                .map(uri -> RedirectUri.parse(uri) instanceof RedirectUri.Result.Ok ok
                        ? Optional.of(catalogue.productUri(String.valueOf(name), ok.uri()))
                        : Optional.<String>empty())
                .toList();
        return client.isPublicClient()
                && name != null
                && uris.stream().allMatch(Optional::isPresent)
                && Fingerprint.of(name, uris.stream().map(Optional::orElseThrow).toList(), AuthMethod.NONE)
                        .form()
                        .equals(software.form());
    }
}
