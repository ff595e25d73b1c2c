package dev.mcpclients.keycloak.catalogue;

import dev.mcpclients.keycloak.metadata.HostNames;
import java.net.IDN;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the vendor whose host another host looks like: another ending, extra labels, hyphens, affixes, look-alike letters. */
final class LookAlikeHosts {
    /** Shorter labels are parts of too many ordinary hosts. */
    private static final int TELLING = 5;

    /** In shorter ones another letter is another word. */
    private static final int MISSPELT = 6;

    /** A domain of a vendor, with the label that people know it by. */
    private record Domain(KnownClient client, String name, String label, Pattern inside) {
        static Domain of(KnownClient client, String name) {
            return new Domain(
                    client,
                    name,
                    Skeleton.joined(name.substring(0, name.indexOf('.'))),
                    Pattern.compile("[.-]" + Pattern.quote(name) + "[.-]"));
        }

        String ending() {
            return name.substring(name.indexOf('.'));
        }

        /** Whether the product itself is at home there, not just something of the same vendor. */
        boolean isHome() {
            return client.redirectUris().stream()
                    .map(UriTemplate::text)
                    .filter(uri -> uri.startsWith("https://"))
                    .map(uri -> uri.split("/", 4)[2])
                    .anyMatch(host -> host.equals(name) || host.endsWith("." + name));
        }
    }

    private final List<Domain> domains = new ArrayList<>();

    LookAlikeHosts(Collection<KnownClient> clients) {
        for (KnownClient client : clients) {
            for (String domain : client.domains()) {
                domains.add(Domain.of(client, domain));
            }
        }
        // The product that people know the host by first: ChatGPT at chatgpt.com before Codex.
        domains.sort(Comparator.comparing(Domain::isHome).reversed());
    }

    /** The product whose vendor's host this one looks like, and is not. */
    Optional<KnownClient> resembling(String host) {
        if (!HostNames.isPublicName(host)
                || domains.stream().anyMatch(domain -> domain.client().isAtHome(host))) {
            return Optional.empty();
        }
        List<String> labels = List.of(host.split("\\.", -1));
        return domains.stream()
                .filter(domain -> isLike(labels, domain))
                .map(Domain::client)
                .findFirst();
    }

    private static boolean isLike(List<String> labels, Domain domain) {
        if (embeds(labels, domain) || isMisspelt(labels, domain)) {
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

    /** {@code claude.ai.evil.example}, {@code claude.ai-login.example}, {@code claude-ai.example}: the whole domain inside another. */
    private static boolean embeds(List<String> labels, Domain domain) {
        String inside = "." + String.join(".", labels.subList(0, labels.size() - 1)) + ".";
        return domain.inside().matcher(inside).find()
                || labels.subList(0, labels.size() - 1).contains(domain.name().replace('.', '-'));
    }

    /** {@code claud.ai}, {@code githud.com}: with the same ending one letter is enough, but not one that is added (openair.com). */
    private static boolean isMisspelt(List<String> labels, Domain domain) {
        if (domain.client().ordinaryWord() || domain.label().length() < MISSPELT || labels.size() < 2) {
            return false;
        }
        String host = String.join(".", labels);
        int end = host.length() - domain.ending().length();
        if (end <= 0 || !host.endsWith(domain.ending())) {
            return false;
        }
        String label = Skeleton.joined(host.substring(host.lastIndexOf('.', end - 1) + 1, end));
        return label.length() <= domain.label().length() && Likeness.isOneLetterOff(label, domain.label());
    }

    private static boolean isLike(String label, Domain domain, boolean registered) {
        boolean disguised = label.startsWith("xn--");
        if (domain.label().length() < TELLING && !disguised) {
            return false;
        }
        List<String> words = Skeleton.words(
                disguised ? IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED) : Skeleton.withoutVersions(label));
        Likeness likeness = new Likeness(words);
        if (domain.label().length() < TELLING) {
            return String.join("", words).equals(domain.label());
        }
        return domain.client().ordinaryWord()
                ? (registered || words.size() > 1 || disguised) && likeness.isOnly(domain.label(), Set.of())
                : likeness.says(domain.label());
    }
}
