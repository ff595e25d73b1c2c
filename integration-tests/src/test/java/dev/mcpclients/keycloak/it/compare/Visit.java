package dev.mcpclients.keycloak.it.compare;

import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Jwt;
import dev.mcpclients.keycloak.it.support.PlainBrowser;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One visitor of one realm, who writes down every answer, masked. */
final class Visit {

    private final TestRealm realm;
    private final Masks masks;
    private final PlainBrowser browser;
    private final List<String> transcript = new ArrayList<>();

    Visit(TestRealm realm) {
        this.realm = realm;
        this.masks = new Masks(realm.server().url());
        this.browser = new PlainBrowser(
                realm.server().url(), (request, answer) -> transcript.add(masks.apply(request + "\n" + text(answer))));
    }

    TestRealm realm() {
        return realm;
    }

    /** What happened so far: one entry per answer. */
    List<String> transcript() {
        return transcript;
    }

    /** A request to a path of the server, with a body unless it is empty; headers are given as name, value, name, value. */
    HttpAnswer send(String method, String path, String body, String... headers) {
        return browser.send(method, realm.server().url(path), body, headers);
    }

    HttpAnswer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpAnswer get(URI uri) {
        return browser.get(uri);
    }

    HttpAnswer postForm(String path, Map<String, String> form) {
        return browser.postForm(realm.server().url(path), form);
    }

    /** Sends the first form of a page. */
    HttpAnswer submit(HttpAnswer page, Map<String, String> fields) {
        return browser.submit(page, fields);
    }

    /** Goes where an answer redirects to. */
    HttpAnswer follow(HttpAnswer redirect) {
        return browser.follow(redirect);
    }

    /** Writes down what a token says. */
    void note(String token) {
        transcript.add(masks.apply(Jwt.header(token) + "\n" + Jwt.claims(token)));
    }

    /** An answer as text; the length of the body is left out, as it depends on masked values. */
    private static String text(HttpAnswer answer) {
        StringBuilder text = new StringBuilder().append(answer.status()).append('\n');
        answer.headers().map().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("content-length")) {
                values.forEach(value -> text.append(name)
                        .append(": ")
                        .append(ordered(name, value))
                        .append('\n'));
            }
        });
        return text.append('\n').append(answer.body()).toString();
    }

    /** Each start of a JVM lists the members of a {@code Set.of} in another order, and so does Keycloak with these. */
    private static String ordered(String header, String value) {
        return header.toLowerCase(Locale.ROOT).startsWith("access-control-")
                ? Stream.of(value.split(", *", -1)).sorted().collect(Collectors.joining(", "))
                : value;
    }
}
