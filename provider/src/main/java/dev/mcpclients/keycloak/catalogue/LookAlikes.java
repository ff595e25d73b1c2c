package dev.mcpclients.keycloak.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the known product that a name looks like: other case, spacing, letters of another script, affixes, misspellings. */
final class LookAlikes {
    /** Words of a name that are looked at: the rows of words grow with the square of their number. */
    private static final int WORDS = 24;

    private record Name(KnownClient client, String joined) {}

    private final List<Name> names = new ArrayList<>();
    private final Set<String> knownWords = new HashSet<>();

    LookAlikes(Collection<KnownClient> clients) {
        for (KnownClient client : clients) {
            client.allNames().map(Skeleton::joined).distinct().forEach(name -> names.add(new Name(client, name)));
            Stream.concat(client.allNames(), Stream.of(client.vendor()))
                    .map(Skeleton::words)
                    .forEach(knownWords::addAll);
        }
        // The most telling name first: "Claude Code" before "Claude".
        names.sort(Comparator.comparing((Name name) -> name.joined().length()).reversed());
    }

    /** The products whose names are in this one, the most telling first. */
    List<KnownClient> allResembling(String name) {
        List<Likeness> readings = Stream.of(name, Skeleton.withoutVersions(name))
                .flatMap(text -> Stream.of(text, spaced(text)))
                .distinct()
                .map(Skeleton::words)
                .map(words -> new Likeness(words.size() <= WORDS ? words : words.subList(0, WORDS)))
                .toList();
        return names.stream()
                .filter(known -> readings.stream().anyMatch(reading -> isLike(known, reading)))
                .map(Name::client)
                .distinct()
                .toList();
    }

    private boolean isLike(Name known, Likeness reading) {
        return known.client().ordinaryWord()
                ? reading.isOnly(known.joined(), knownWords)
                : reading.says(known.joined());
    }

    /** {@code MyClaudeApp} read as three words. */
    private static String spaced(String name) {
        return name.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", " ");
    }
}
