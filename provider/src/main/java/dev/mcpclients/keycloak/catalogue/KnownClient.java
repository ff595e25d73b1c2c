package dev.mcpclients.keycloak.catalogue;

import dev.mcpclients.keycloak.metadata.RedirectUri;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A product we know, with what it was seen to send.
 *
 * @param id stable, for our own use
 * @param names the names it registers under, as it spells them
 * @param alsoCalled other names a look-alike might use: the product's, its vendor's
 * @param redirectUris canonical forms, of loopback ones without port; empty where nobody wrote them down
 * @param metadataUrls its client id metadata documents
 * @param domains those of its vendor, its redirect URIs' among them: hosts below are the vendor's, hosts like them are not
 * @param ordinaryWord whether its name is an ordinary word too, which other names may have in them
 * @param proves what a registration with nothing but its https redirect URIs shows
 * @param nameSuffix whether it adds something of the connection to its name, in parentheses at the end
 * @param date when this was taken from the source, ISO 8601
 * @param source where it was taken from
 */
public record KnownClient(
        String id,
        String name,
        String vendor,
        Set<String> names,
        Set<String> alsoCalled,
        List<UriTemplate> redirectUris,
        List<UriTemplate> metadataUrls,
        Set<String> domains,
        boolean ordinaryWord,
        Proof proves,
        boolean nameSuffix,
        String date,
        String source) {

    public KnownClient {
        names = Set.copyOf(names);
        alsoCalled = Set.copyOf(alsoCalled);
        redirectUris = List.copyOf(redirectUris);
        metadataUrls = List.copyOf(metadataUrls);
        domains = Set.copyOf(domains);
    }

    /** Whether the product was seen to use this redirect URI, of a loopback one whatever its port. */
    public boolean uses(RedirectUri uri) {
        return templateOf(uri).isPresent();
    }

    /** Whether a host is one of its vendor's. */
    boolean isAtHome(String host) {
        return domains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    /** Whether that is a name of the product, in whatever case. */
    boolean isCalled(String other) {
        return allNames().anyMatch(other::equalsIgnoreCase);
    }

    /** All that evidence and look-alikes rest on, the same for the same content. */
    String stamp() {
        return String.join(
                "\t",
                id,
                allNames().sorted().toList().toString(),
                redirectUris.toString(),
                metadataUrls.toString(),
                new TreeSet<>(domains).toString(),
                proves.name(),
                Boolean.toString(nameSuffix),
                Boolean.toString(ordinaryWord));
    }

    Stream<String> allNames() {
        return Stream.of(Stream.of(name), names.stream(), alsoCalled.stream()).flatMap(all -> all);
    }

    Optional<UriTemplate> templateOf(RedirectUri uri) {
        return redirectUris.stream()
                .filter(template -> template.matches(uri.canonical()))
                .findFirst();
    }
}
