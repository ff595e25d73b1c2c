package dev.mcpclients.keycloak.metadata;

import dev.mcpclients.keycloak.catalogue.Evidence;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an admin may change about the rules.
 *
 * @param allowedHosts hosts of https redirect URIs, each {@code host} or {@code *.host} (any name below it); empty means any host
 * @param allowedSchemes private-use schemes allowed beside the catalogue's exact URIs and the reversed-domain ones
 * @param privateUseSchemes whether a scheme that is a reversed domain name is allowed (RFC 8252 section 7.1)
 * @param ipLiterals whether https redirect URIs may name an address outside loopback
 * @param refuseSoftwareStatement whether a software statement is refused instead of ignored
 * @param minimumEvidence redirect URIs with less evidence are not registered
 * @param refuseLookAlikes whether software that looks like a known or approved product is refused instead of marked
 */
public record RuleSettings(
        Set<String> allowedHosts,
        Set<String> allowedSchemes,
        boolean privateUseSchemes,
        boolean ipLiterals,
        boolean refuseSoftwareStatement,
        Evidence minimumEvidence,
        boolean refuseLookAlikes) {

    private static final String ANY_NAME_BELOW = "*.";

    public RuleSettings {
        allowedHosts = lowerCase(allowedHosts);
        allowedSchemes = lowerCase(allowedSchemes);
    }

    /** Every real client gets in. */
    public static RuleSettings defaults() {
        return new RuleSettings(Set.of(), Set.of(), true, false, false, Evidence.NONE, false);
    }

    /** Whether the host list lets this host in. */
    boolean allowsHost(String host) {
        return allowedHosts.isEmpty() || allowedHosts.stream().anyMatch(allowed -> isWithin(host, allowed));
    }

    private static boolean isWithin(String host, String allowed) {
        return allowed.startsWith(ANY_NAME_BELOW)
                ? host.endsWith(allowed.substring(1)) && host.length() >= allowed.length()
                : host.equals(allowed);
    }

    private static Set<String> lowerCase(Set<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
