package dev.mcpclients.keycloak.approval;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands in place of a logo: the first letters of the first two words of a name. A logo would look like proof. */
final class Initials {

    private static final int WORDS = 2;

    /** One or two characters, none where the name has neither letter nor digit. */
    static String of(String name) {
        return Arrays.stream(name.split("[\\s\\p{P}]+"))
                .flatMap(word -> first(word).stream())
                .limit(WORDS)
                .collect(Collectors.joining());
    }

    private static Optional<String> first(String word) {
        return word.codePoints()
                .filter(Character::isLetterOrDigit)
                .mapToObj(Character::toString)
                .map(letter -> letter.toUpperCase(Locale.ROOT))
                .findFirst();
    }

    private Initials() {}
}
