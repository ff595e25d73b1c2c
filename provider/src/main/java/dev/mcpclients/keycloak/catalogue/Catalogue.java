package dev.mcpclients.keycloak.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.metadata.HostNames;
import dev.mcpclients.keycloak.metadata.RedirectKind;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The products we know, and what can be told from their addresses and names. */
public final class Catalogue {
    /** Raised where a rule for evidence or look-alikes changes, so that software is looked at anew. */
    private static final int RULES = 1;

    private final List<KnownClient> clients;
    private final LookAlikes lookAlikes;
    private final LookAlikeHosts lookAlikeHosts;

    Catalogue(List<KnownClient> clients) {
        this.clients = List.copyOf(clients);
        this.lookAlikes = new LookAlikes(this.clients);
        this.lookAlikeHosts = new LookAlikeHosts(this.clients);
    }

    /** The catalogue that comes with this extension. */
    public static Catalogue builtIn() {
        return BuiltIn.CATALOGUE;
    }

    /**
     * That catalogue with the entries of a realm: JSON objects that add, change or switch off.
     *
     * @throws IllegalArgumentException naming the entry, the member and what is wrong with it
     */
    public static Catalogue with(List<String> entries) {
        return with(entries, List.of());
    }

    /**
     * The same with entries from two places; where both have an entry of one id, the first holds.
     *
     * @throws IllegalArgumentException naming the entry, the member and what is wrong with it
     */
    public static Catalogue with(List<String> first, List<String> second) {
        return first.isEmpty() && second.isEmpty()
                ? builtIn()
                : new Catalogue(CatalogueEntries.applied(BuiltIn.ENTRIES, first, second));
    }

    /** What tells this version of the catalogue from another: a hash over all that evidence and look-alikes rest on. */
    public String stamp() {
        return Fingerprint.hash(
                RULES + "\n" + clients.stream().map(KnownClient::stamp).collect(Collectors.joining("\n")));
    }

    public List<KnownClient> clients() {
        return clients;
    }

    /** How sure we are of whoever receives a code at this redirect URI. */
    public Evidence evidenceOf(RedirectUri uri) {
        if (uri.kind() != RedirectKind.HTTPS || !HostNames.isPublicName(uri.host())) {
            return Evidence.NONE;
        }
        boolean known = clients.stream().anyMatch(client -> client.proves() != Proof.NOTHING && client.uses(uri));
        return known ? Evidence.KNOWN : Evidence.DOMAIN;
    }

    /** The evidence of software with these redirect URIs: the lowest of them, for a code may go to any. */
    public Evidence evidenceOf(Collection<RedirectUri> uris) {
        return uris.stream().map(this::evidenceOf).reduce(Evidence::and).orElse(Evidence.NONE);
    }

    /** The product that was seen to use this redirect URI; the first one where several do. */
    public Optional<KnownClient> byRedirectUri(RedirectUri uri) {
        return clients.stream().filter(client -> client.uses(uri)).findFirst();
    }

    /** The product whose client id metadata document has this URL. */
    public Optional<KnownClient> byMetadataUrl(String url) {
        return clients.stream()
                .filter(client -> client.metadataUrls().stream().anyMatch(template -> template.matches(url)))
                .findFirst();
    }

    /** The product that a name is, or looks like to a person. */
    public Optional<KnownClient> resembling(String name) {
        return lookAlikes.allResembling(name).stream().findFirst();
    }

    /**
     * What is left of a name when all that a reader might not notice is taken off, affixes such as "official" too: equal for names
     * that look the same, empty where there is nothing to compare.
     */
    public static String skeleton(String name) {
        List<String> words = Skeleton.words(Skeleton.withoutVersions(name));
        return Likeness.essence(words.isEmpty() ? Skeleton.words(name) : words);
    }

    /** The product that software gives itself out for, by its name or by the hosts its codes go to. */
    public Optional<KnownClient> imitated(String name, Collection<RedirectUri> uris) {
        return imitatedByName(name, uris).or(() -> imitatedByHost(uris));
    }

    /** The product whose vendor's host one of these is taken for. */
    private Optional<KnownClient> imitatedByHost(Collection<RedirectUri> uris) {
        return uris.stream()
                .filter(uri -> uri.kind() == RedirectKind.HTTPS)
                .flatMap(uri -> lookAlikeHosts.resembling(uri.host()).stream())
                .findFirst();
    }

    /**
     * The product that a name looks like, where it is not the name of that product, or a code may go where that product does not
     * receive any.
     */
    private Optional<KnownClient> imitatedByName(String name, Collection<RedirectUri> uris) {
        List<KnownClient> alike = lookAlikes.allResembling(name).stream()
                .filter(client -> !client.redirectUris().isEmpty() || leavesVendor(client, uris))
                .toList();
        boolean genuine = alike.stream().anyMatch(client -> isGenuine(client, name, uris));
        return genuine ? Optional.empty() : alike.stream().findFirst();
    }

    /**
     * What can be said against a product whose redirect URIs nobody wrote down: that a code goes to a host that is not its vendor's.
     * Any program on the computer may be that product.
     */
    private static boolean leavesVendor(KnownClient client, Collection<RedirectUri> uris) {
        return !client.domains().isEmpty()
                && uris.stream()
                        .anyMatch(uri -> uri.kind() == RedirectKind.HTTPS
                                && HostNames.isPublicName(uri.host())
                                && !client.isAtHome(uri.host()));
    }

    /** At an address of the vendor's own any name is the vendor's affair; on loopback the name is all there is. */
    private boolean isGenuine(KnownClient client, String name, Collection<RedirectUri> uris) {
        return uris.stream().allMatch(client::uses)
                && (client.isCalled(productName(name)) || evidenceOf(uris) == Evidence.KNOWN);
    }

    /** The name without what a known product adds for one connection: {@code Claude Code (github)} is Claude Code. */
    public String productName(String name) {
        return clients.stream()
                .filter(KnownClient::nameSuffix)
                .flatMap(client -> client.names().stream())
                .filter(product -> name.startsWith(product + " (") && name.endsWith(")"))
                .findFirst()
                .orElse(name);
    }

    /**
     * The canonical form of a redirect URI, with <code>{id}</code> for a segment that a known product makes anew for every
     * connection. Loopback addresses are anybody's, so there the name has to be that product's too.
     */
    public String productUri(String productName, RedirectUri uri) {
        return clients.stream()
                .filter(client ->
                        uri.kind() == RedirectKind.HTTPS || client.names().contains(productName))
                .flatMap(client -> client.templateOf(uri).stream())
                .filter(UriTemplate::hasId)
                .findFirst()
                .map(UriTemplate::text)
                .orElse(uri.canonical());
    }

    private static final class BuiltIn {
        private static final Map<String, ObjectNode> ENTRIES = CatalogueFile.builtIn();
        private static final Catalogue CATALOGUE =
                new Catalogue(CatalogueEntries.applied(ENTRIES, List.of(), List.of()));
    }
}
