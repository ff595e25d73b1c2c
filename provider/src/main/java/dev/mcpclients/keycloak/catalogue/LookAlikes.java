package dev.mcpclients.keycloak.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Finds the known product that a name looks like: other case, spacing, letters of another script, words before or after. */
final class LookAlikes {
    /** From this length on a name is found inside a longer word too; shorter ones are parts of ordinary words. */
    private static final int LONG_NAME = 8;

    private record Name(KnownClient client, List<String> words, String joined) {
        static Name of(KnownClient client, String name) {
            List<String> words = Skeleton.words(name);
            return new Name(client, words, String.join("", words));
        }
    }

    private final List<Name> names = new ArrayList<>();

    LookAlikes(Collection<KnownClient> clients) {
        for (KnownClient client : clients) {
            names.add(Name.of(client, client.name()));
            client.names().forEach(name -> names.add(Name.of(client, name)));
            client.alsoCalled().forEach(name -> names.add(Name.of(client, name)));
        }
        // The most telling name first: "Claude Code" before "Claude".
        names.sort(Comparator.comparing((Name name) -> name.joined().length()).reversed());
    }

    /** The products whose names are in this one, the most telling first. */
    List<KnownClient> allResembling(String name) {
        List<String> words = Skeleton.words(name);
        String joined = String.join("", words);
        return names.stream()
                .filter(known -> isLike(known, words, joined))
                .map(Name::client)
                .distinct()
                .toList();
    }

    private static boolean isLike(Name known, List<String> words, String joined) {
        return known.joined().equals(joined)
                || contains(words, known.words())
                || (known.joined().length() >= LONG_NAME && joined.contains(known.joined()));
    }

    private static boolean contains(List<String> words, List<String> part) {
        return Collections.indexOfSubList(words, part) >= 0;
    }
}
