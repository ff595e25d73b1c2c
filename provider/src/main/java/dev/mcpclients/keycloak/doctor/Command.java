package dev.mcpclients.keycloak.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;

/** Command lines that can be copied into a shell: every word is quoted that has to be. */
final class Command {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    /** A call of {@code kcadm.sh} on a path below the realm. */
    static String kcadm(String verb, String path, RealmModel realm, String... options) {
        return words("kcadm.sh", verb, path, "-r", realm.getName()) + (options.length == 0 ? "" : " " + words(options));
    }

    /** A change of settings of the realm itself, given as {@code name=value}. */
    static String updateRealm(RealmModel realm, String... settings) {
        return words("kcadm.sh", "update", "realms/" + realm.getName()) + " " + sets(settings);
    }

    /** A change of one setting of a component; no value takes it back to its default. */
    static String setting(RealmModel realm, ComponentModel component, String key, List<String> values) {
        String list = values.stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(", ", "[", "]"));
        return kcadm("update", "components/" + component.getId(), realm, "-s", "config.\"" + key + "\"=" + list);
    }

    /** Options that set members, given as {@code name=value}. */
    static String sets(String... settings) {
        return Arrays.stream(settings).map(setting -> "-s " + word(setting)).collect(Collectors.joining(" "));
    }

    static String words(String... words) {
        return Arrays.stream(words).map(Command::word).collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private Command() {}
}
