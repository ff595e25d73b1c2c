package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** HTTP calls that follow no redirect; headers are given as name, value, name, value. */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** For servers with the certificate of the tests, which is made when the first of them is called. */
    private static final class Secure {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .sslContext(TestCertificate.context())
                .build();
    }

    private Http() {}

    public static HttpAnswer get(URI uri, String... headers) {
        return send(HttpRequest.newBuilder(uri).GET(), headers);
    }

    public static HttpAnswer options(URI uri, String... headers) {
        return send(HttpRequest.newBuilder(uri).method("OPTIONS", BodyPublishers.noBody()), headers);
    }

    public static HttpAnswer postJson(URI uri, String body, String... headers) {
        return send("POST", uri, body, headers);
    }

    public static HttpAnswer postJson(URI uri, JsonNode body, String... headers) {
        return postJson(uri, body.toString(), headers);
    }

    public static HttpAnswer postForm(URI uri, Map<String, String> form, String... headers) {
        return send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encode(form))),
                headers);
    }

    /** Any method with a JSON body; an empty body is not sent. */
    public static HttpAnswer send(String method, URI uri, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
        }
        return send(request, headers);
    }

    /** The parameters as a query or form body. */
    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpClient client(HttpRequest.Builder request) {
        boolean secure = "https".equals(request.copy().build().uri().getScheme());
        return secure ? Secure.CLIENT : CLIENT;
    }

    private static HttpAnswer send(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response =
                    client(request).send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
            return new HttpAnswer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
