package dev.mcpclients.keycloak.doctor;

import dev.mcpclients.keycloak.metadata.HostNames;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/** RFC 8414 section 2: the issuer is a URL that uses the https scheme; on loopback nobody else listens. */
final class IssuerCheck implements Check {

    private static final String FRONTEND_URL = "frontendUrl";

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        URI issuer = issuer(session, realm);
        return isSafe(issuer)
                ? Stream.empty()
                : Stream.of(new Finding(
                        "issuer-not-https",
                        Severity.ERROR,
                        "The issuer is " + issuer,
                        "Codes and tokens cross the network in the clear, and MCP clients refuse the server",
                        command(realm, issuer)));
    }

    static URI issuer(KeycloakSession session, RealmModel realm) {
        return URI.create(
                Urls.realmIssuer(session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName()));
    }

    static boolean isSafe(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) || isLoopback(url);
    }

    static boolean isLoopback(URI url) {
        return HostNames.isLoopback(String.valueOf(url.getHost()).toLowerCase(Locale.ROOT));
    }

    private static String command(RealmModel realm, URI issuer) {
        String ofRealm = realm.getAttribute(FRONTEND_URL);
        if (ofRealm != null && ofRealm.startsWith("http:")) {
            return Command.updateRealm(
                    realm, "attributes." + FRONTEND_URL + "=https:" + ofRealm.substring("http:".length()));
        }
        return Command.words("kc.sh", "start", "--hostname=https://" + issuer.getHost());
    }
}
