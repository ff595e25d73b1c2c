package dev.mcpclients.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Cookies and forms without a page: it reads no HTML but the first form, and follows nothing by itself. */
public final class PlainBrowser {

    private static final Pattern FORM = Pattern.compile("<form[^>]*\\baction=\"([^\"]+)\".*?</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<input\\s+type=\"hidden\"[^>]*?\\bname=\"([^\"]+)\"[^>]*?\\bvalue=\"([^\"]*)\"");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI server;
    private final BiConsumer<String, HttpAnswer> listener;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public PlainBrowser(URI server) {
        this(server, (request, answer) -> {});
    }

    /** One that tells of every answer, with the method and URL that were asked for. */
    public PlainBrowser(URI server, BiConsumer<String, HttpAnswer> listener) {
        this.server = server;
        this.listener = listener;
    }

    public HttpAnswer get(URI uri) {
        return send("GET", uri, "");
    }

    public HttpAnswer postForm(URI uri, Map<String, String> form) {
        return send("POST", uri, Http.encode(form), "Content-Type", "application/x-www-form-urlencoded");
    }

    /** Sends the first form of a page, with its hidden fields. */
    public HttpAnswer submit(HttpAnswer page, Map<String, String> fields) {
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("No form: " + page.status() + " " + page.body());
        }
        Map<String, String> all = new LinkedHashMap<>();
        HIDDEN.matcher(form.group()).results().forEach(field -> all.put(field.group(1), field.group(2)));
        all.putAll(fields);
        return postForm(server.resolve(form.group(1).replace("&amp;", "&")), all);
    }

    /** Goes where an answer redirects to. */
    public HttpAnswer follow(HttpAnswer redirect) {
        return get(location(redirect));
    }

    /** Where an answer redirects to. */
    public static URI location(HttpAnswer redirect) {
        return URI.create(redirect.header("Location")
                .orElseThrow(() -> new AssertionError("No redirect: " + redirect.status() + " " + redirect.body())));
    }

    /** Any request, with a body unless it is empty; headers are given as name, value, name, value. */
    public HttpAnswer send(String method, URI uri, String body, String... headers) {
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
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            HttpAnswer answer = new HttpAnswer(response.statusCode(), response.headers(), response.body());
            answer.headers().allValues("set-cookie").forEach(this::keep);
            listener.accept(method + " " + uri, answer);
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
}
