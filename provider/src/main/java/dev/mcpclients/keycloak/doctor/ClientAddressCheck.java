package dev.mcpclients.keycloak.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whether a reverse proxy's word about the caller's address is taken: the doctor's own request shows it. */
final class ClientAddressCheck implements Check {

    @Override
    public Stream<Finding> examine(KeycloakSession session, RealmModel realm) {
        String forwarded =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString("Forwarded");
        String forwardedFor =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString("X-Forwarded-For");
        String seen = session.getContext().getConnection().getRemoteAddr();
        return isSeen(seen, forwarded, forwardedFor)
                ? Stream.empty()
                : Stream.of(new Finding(
                        "client-address-unseen",
                        Severity.WARNING,
                        "A proxy says for whom it asks, and Keycloak sees " + seen,
                        "All callers look like one: limits on failed logins and registrations hit everybody, and events show"
                                + " the proxy",
                        Command.words(
                                "kc.sh",
                                "start",
                                "--proxy-headers=" + (forwarded == null ? "xforwarded" : "forwarded"))));
    }

    /** The proxy names the address that Keycloak works with, or no proxy speaks. */
    static boolean isSeen(String seen, @Nullable String forwarded, @Nullable String forwardedFor) {
        if (forwarded == null && forwardedFor == null) {
            return true;
        }
        return named(forwarded).contains(seen) || named(forwardedFor).contains(seen);
    }

    /** Addresses of either header: {@code for="[2001:db8::1]:4711";proto=https} and {@code 192.0.2.1, 198.51.100.7} alike. */
    private static List<String> named(@Nullable String header) {
        return header == null
                ? List.of()
                : Arrays.stream(header.split("[,;]", -1))
                        .map(part -> part.trim().replaceFirst("(?i)^for=", "").replace("\"", ""))
                        .map(part -> part.startsWith("[")
                                ? part.replaceFirst("^\\[([^]]*)].*$", "$1")
                                : part.replaceFirst("^([0-9.]+):\\d+$", "$1"))
                        .toList();
    }
}
