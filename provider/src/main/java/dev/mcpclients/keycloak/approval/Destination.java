package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.catalogue.KnownClient;
import dev.mcpclients.keycloak.metadata.HostNames;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a code goes, as people can understand it: to a host of the internet, or to some program on the user's computer.
 *
 * @param host of a redirect URI that leaves the computer, otherwise empty
 * @param uri the redirect URI, empty where it is none that could be registered today
 */
public record Destination(String host, Optional<RedirectUri> uri) {

    /** Reads a redirect URI; private-use schemes and loopback hosts are this computer, what cannot be read is shown as it is. */
    public static Destination of(String redirectUri) {
        Optional<RedirectUri> uri = RedirectUri.parse(redirectUri) instanceof RedirectUri.Result.Ok ok
                ? Optional.of(ok.uri())
                : Optional.empty();
        String lower = redirectUri.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("https:") && !lower.startsWith("http:")) {
            return new Destination("", uri);
        }
        String host = hostOf(lower);
        if (host == null) {
            return new Destination(redirectUri, uri);
        }
        return new Destination(HostNames.isLoopback(host) ? "" : host, uri);
    }

    public boolean isThisComputer() {
        return host.isEmpty();
    }

    /** The host in the letters a reader of its language would write, where it is an internationalised one. */
    public Optional<String> written() {
        return uri.map(RedirectUri::unicodeHost)
                .filter(written -> !isThisComputer() && !written.equalsIgnoreCase(host));
    }

    /** How well we know who receives what is sent here. */
    public Evidence evidence(Catalogue catalogue) {
        return uri.map(catalogue::evidenceOf).orElse(Evidence.NONE);
    }

    /** The product that receives what is sent here. */
    Optional<KnownClient> receiver(Catalogue catalogue) {
        return uri.flatMap(catalogue::byRedirectUri);
    }

    /** The known product that the name looks like, where that product receives nothing here. */
    Optional<KnownClient> imitated(Catalogue catalogue, String name) {
        return uri.map(known -> catalogue.imitated(name, List.of(known))).orElseGet(() -> catalogue.resembling(name));
    }

    private static @Nullable String hostOf(String uri) {
        try {
            return new URI(uri).getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
