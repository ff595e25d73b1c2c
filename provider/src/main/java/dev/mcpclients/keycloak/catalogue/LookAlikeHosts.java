package dev.mcpclients.keycloak.catalogue;

import dev.mcpclients.keycloak.metadata.HostNames;
import java.net.IDN;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the vendor whose host another host looks like: another ending, extra labels, hyphens, affixes, look-alike letters. */
final class LookAlikeHosts {
    /** Shorter labels are parts of too many ordinary hosts. */
    private static final int TELLING = 5;

    /** A domain of a vendor, with the label that people know it by. */
    private record Domain(KnownClient client, String name, String label) {
        boolean owns(String host) {
            return host.equals(name) || host.endsWith("." + name);
        }

        /** Whether the product itself is at home there, not just something of the same vendor. */
        boolean isHome() {
            return client.redirectUris().stream()
                    .map(UriTemplate::text)
                    .anyMatch(uri -> uri.startsWith("https://") && owns(uri.split("/", 4)[2]));
        }
    }

    private final List<Domain> domains = new ArrayList<>();

    LookAlikeHosts(Collection<KnownClient> clients) {
        for (KnownClient client : clients) {
            for (String domain : client.domains()) {
                domains.add(new Domain(client, domain, Skeleton.joined(domain.substring(0, domain.indexOf('.')))));
            }
        }
        // The product that people know the host by first: ChatGPT at chatgpt.com before Codex.
        domains.sort(Comparator.comparing(Domain::isHome).reversed());
    }

    /** The product whose vendor's host this one looks like, and is not. */
    Optional<KnownClient> resembling(String host) {
        if (!HostNames.isPublicName(host) || domains.stream().anyMatch(domain -> domain.owns(host))) {
            return Optional.empty();
        }
        List<String> labels = List.of(host.split("\\.", -1));
        return domains.stream()
                .filter(domain -> isLike(labels, domain))
                .map(Domain::client)
                .findFirst();
    }

    private static boolean isLike(List<String> labels, Domain domain) {
        if (embeds(labels, domain)) {
            return true;
        }
        // The last label is the ending: .dev or .codes is nobody's name.
        for (int i = 0; i < labels.size() - 1; i++) {
            if (isLike(labels.get(i), domain, i == labels.size() - 2)) {
                return true;
            }
        }
        return false;
    }

    /** {@code claude.ai.evil.example}, {@code claude-ai.example}: the whole domain inside another. */
    private static boolean embeds(List<String> labels, Domain domain) {
        String inside = "." + String.join(".", labels.subList(0, labels.size() - 1)) + ".";
        return inside.contains("." + domain.name() + ".")
                || labels.subList(0, labels.size() - 1).contains(domain.name().replace('.', '-'));
    }

    private static boolean isLike(String label, Domain domain, boolean registered) {
        boolean disguised = label.startsWith("xn--");
        if (domain.label().length() < TELLING && !disguised) {
            return false;
        }
        List<String> words = Skeleton.words(disguised ? IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED) : label);
        Likeness likeness = new Likeness(words);
        if (domain.label().length() < TELLING) {
            return String.join("", words).equals(domain.label());
        }
        return domain.client().ordinaryWord()
                ? (registered || words.size() > 1 || disguised) && likeness.isOnly(domain.label(), Set.of())
                : likeness.says(domain.label());
    }
}
