package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.approval.Identity.Place;
import dev.mcpclients.keycloak.approval.Identity.Server;
import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.catalogue.KnownClient;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.resource.McpServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;

/** Tells a user in words who makes an authorization request, and what for. */
public final class Introduction {

    /** Evidence in a sentence, where access may go somewhere and where only the user does. */
    private static final String RECEIVING = "mcpEvidence.";

    private static final String RETURNING = "mcpEvidenceReturning.";

    private final GateRequest request;
    private final LoginFormsProvider form;

    Introduction(GateRequest request, LoginFormsProvider form) {
        this.request = request;
        this.form = form;
    }

    /** All that a person decides about. */
    Identity whole() {
        return parties().asking(AskedPermissions.of(request, form));
    }

    /** Who with whom: the app, the MCP server, the user. */
    Identity parties() {
        return withServerAndUser(of(RECEIVING, request.client(), request.destination(), request.catalogue(), form));
    }

    /** The same where nothing will be received. */
    Identity partiesOfNothing() {
        return withServerAndUser(brief());
    }

    /** The app and where its answers go, where nothing will be received. */
    Identity brief() {
        return of(request.client(), request.destination(), request.catalogue(), form);
    }

    /** The same on pages before any login. */
    public static Identity of(
            ClientModel client, Destination destination, Catalogue catalogue, LoginFormsProvider form) {
        return of(RETURNING, client, destination, catalogue, form);
    }

    private static Identity of(
            String texts, ClientModel client, Destination destination, Catalogue catalogue, LoginFormsProvider form) {
        Evidence evidence = destination.evidence(catalogue);
        String host = DisplayText.line(destination.host());
        return Identity.of(
                        name(client),
                        evidence,
                        form.getMessage("mcpEvidenceLabel." + evidence.wire()),
                        form.getMessage(
                                texts + evidence.wire(),
                                host,
                                destination
                                        .receiver(catalogue)
                                        .map(KnownClient::vendor)
                                        .orElse(host)),
                        imitated(client, destination, catalogue)
                                .map(product -> form.getMessage("mcpImitation", product))
                                .orElse(null))
                .at(List.of(place(destination, host, evidence, form)));
    }

    /** The product that a client looks like, where it is not shown to be that. */
    static Optional<String> imitated(ClientModel client, Destination destination, Catalogue catalogue) {
        return destination
                .imitated(catalogue, name(client))
                .map(KnownClient::name)
                .or(() -> Optional.ofNullable(client.getAttribute(ClientAttributes.LOOKS_LIKE))
                        .map(DisplayText::name));
    }

    private static String name(ClientModel client) {
        String name = client.getName();
        return DisplayText.name(name == null || name.isBlank() ? client.getClientId() : name);
    }

    private static Place place(Destination destination, String host, Evidence evidence, LoginFormsProvider form) {
        if (destination.isThisComputer()) {
            return new Place(form.getMessage("mcpThisComputer"), null, null, false);
        }
        if (evidence == Evidence.KNOWN) {
            return new Place(host, null, null, true);
        }
        String caution = form.getMessage("mcpHostText");
        String note = destination
                .written()
                .map(written -> form.getMessage("mcpHostWritten", written) + " " + caution)
                .orElse(caution);
        return new Place(host, note, null, false);
    }

    private Identity withServerAndUser(Identity identity) {
        return identity.using(server().stream().toList())
                .as(DisplayText.name(request.user().getUsername()));
    }

    private Optional<Server> server() {
        return request.server().map(server -> new Server(DisplayText.name(server.name()), address(server), null));
    }

    private static String address(McpServer server) {
        URI url = server.url();
        String path = url.getRawPath() == null || url.getRawPath().equals("/") ? "" : url.getRawPath();
        return DisplayText.line(url.getRawAuthority() + path);
    }
}
