package dev.mcpclients.keycloak.doctor;

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
        URI issuer = URI.create(
                Urls.realmIssuer(session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName()));
        return isSafe(issuer)
                ? Stream.empty()
                : Stream.of(new Finding(
                        "issuer-not-https",
                        Severity.ERROR,
                        "The issuer is " + issuer,
                        "Codes and tokens cross the network in the clear, and MCP clients refuse the server",
                        command(realm, issuer)));
    }

    static boolean isSafe(URI issuer) {
        String host = String.valueOf(issuer.getHost()).toLowerCase(Locale.ROOT);
        boolean loopback = host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
        return "https".equalsIgnoreCase(issuer.getScheme()) || loopback;
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
