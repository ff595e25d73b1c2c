package dev.mcpclients.keycloak.it.compare;

import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Jwt;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One visitor of one realm: keeps cookies, follows nothing by itself, and writes down every answer, masked. */
final class Visit {

    private static final Pattern FORM = Pattern.compile("<form[^>]*\\baction=\"([^\"]+)\"");

    private final TestRealm realm;
    private final Masks masks;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<String> transcript = new ArrayList<>();

    Visit(TestRealm realm) {
        this.realm = realm;
        this.masks = new Masks(realm.server().url());
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
        return send(method, realm.server().url(path), body, headers);
    }

    HttpAnswer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpAnswer get(URI uri) {
        return send("GET", uri, "");
    }

    HttpAnswer postForm(String path, Map<String, String> form) {
        return postForm(realm.server().url(path), form);
    }

    /** Sends the first form of a page. */
    HttpAnswer submit(HttpAnswer page, Map<String, String> fields) {
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("No form: " + page.status() + " " + page.body());
        }
        return postForm(realm.server().url(form.group(1).replace("&amp;", "&")), fields);
    }

    /** Goes where an answer redirects to. */
    HttpAnswer follow(HttpAnswer redirect) {
        return get(URI.create(
                redirect.header("Location").orElseThrow(() -> new AssertionError("No redirect: " + redirect.body()))));
    }

    /** Writes down what a token says. */
    void note(String token) {
        transcript.add(masks.apply(Jwt.header(token) + "\n" + Jwt.claims(token)));
    }

    private HttpAnswer postForm(URI uri, Map<String, String> form) {
        return send("POST", uri, Http.encode(form), "Content-Type", "application/x-www-form-urlencoded");
    }

    private HttpAnswer send(String method, URI uri, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie", cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            HttpAnswer answer = new HttpAnswer(response.statusCode(), response.headers(), response.body());
            answer.headers().allValues("set-cookie").forEach(this::keep);
            transcript.add(masks.apply(method + " " + uri + "\n" + text(answer)));
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Keycloak marks its cookies as secure, also on plain http, where Java's own cookie store then leaves them out. */
    private void keep(String cookie) {
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
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
