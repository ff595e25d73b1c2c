package dev.mcpclients.keycloak.it.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.it.support.Authorization;
import dev.mcpclients.keycloak.it.support.Callback;
import dev.mcpclients.keycloak.it.support.HttpAnswer;
import dev.mcpclients.keycloak.it.support.Json;
import dev.mcpclients.keycloak.it.support.PlainBrowser;
import dev.mcpclients.keycloak.it.support.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The work of MCP clients and their users at one server. */
final class Side {

    /** Of an app on the user's computer. */
    static final String LOCAL = "http://127.0.0.1:33418/callback";

    /** Of a known client, so that its users are not asked again. */
    private static final String CALLBACK = "https://claude.ai/api/mcp/auth_callback";

    private static final int BATCH = 40;
    private static final int CALLERS = 8;

    private final TestRealm realm;
    private final String registration;
    private final Map<String, String> yes;
    private final PlainBrowser browser;
    private final AtomicInteger names = new AtomicInteger();
    private @Nullable String app;
    private String refreshToken = "";

    /**
     * @param registration the id of the client registration provider
     * @param yes the field of the page that asks the user, with the value that says yes
     */
    Side(TestRealm realm, String registration, Map<String, String> yes) {
        this.realm = realm;
        this.registration = registration;
        this.yes = yes;
        this.browser = new PlainBrowser(realm.server().url());
    }

    TestRealm realm() {
        return realm;
    }

    double registersNewSoftware() {
        return inTurn(BATCH, i -> register("App " + names.incrementAndGet(), LOCAL));
    }

    double registersTheSameSoftware() {
        return inTurn(BATCH, i -> register("The same", LOCAL));
    }

    /** What one takes on average where eight are under way at any time. */
    double registersNewSoftwareAtOnce() {
        return atOnce(i -> register("Parallel " + names.incrementAndGet(), LOCAL));
    }

    double registersTheSameSoftwareAtOnce() {
        return atOnce(i -> register("The same", LOCAL));
    }

    /** Authorization, code and token of a client that the user has allowed, in a session that is there. */
    double signsInAgain() {
        return inTurn(BATCH, i -> {
            Authorization authorization = authorization(app(), CALLBACK);
            refreshToken = tokens(authorization, browser.get(authorization.uri()));
        });
    }

    double refreshes() {
        signsInOnce();
        return inTurn(
                BATCH,
                i -> refreshToken = realm.oauth()
                        .refresh(app(), refreshToken)
                        .expect(200)
                        .json()
                        .path("refresh_token")
                        .asText());
    }

    /** Registration, authorization, the user's yes, token. */
    double connectsNewSoftware() {
        app();
        return inTurn(BATCH, i -> {
            String client = register("New " + names.incrementAndGet(), LOCAL);
            Authorization authorization = authorization(client, LOCAL);
            tokens(authorization, allow(browser.get(authorization.uri())));
        });
    }

    /** A call of the admin REST API below the realm. */
    double reads(String path) {
        return inTurn(BATCH / 2, i -> realm.get(path));
    }

    private void signsInOnce() {
        Authorization authorization = authorization(app(), CALLBACK);
        refreshToken = tokens(authorization, browser.get(authorization.uri()));
    }

    /** The client that the user has allowed. */
    private String app() {
        String known = app;
        if (known == null) {
            known = register("Claude", CALLBACK);
            Authorization authorization = authorization(known, CALLBACK);
            HttpAnswer page =
                    browser.submit(browser.get(authorization.uri()), Map.of("username", "alice", "password", "alice"));
            tokens(authorization, allow(page));
            app = known;
        }
        return known;
    }

    /** Says yes on the page that an answer is or leads to, and goes on until the browser is sent to the client. */
    private HttpAnswer allow(HttpAnswer answer) {
        return settle(browser.submit(settle(answer), yes));
    }

    private HttpAnswer settle(HttpAnswer answer) {
        HttpAnswer last = answer;
        while (last.status() == 302 && isHome(PlainBrowser.location(last))) {
            last = browser.follow(last);
        }
        return last;
    }

    private boolean isHome(URI location) {
        return realm.server().url().getAuthority().equals(location.getAuthority());
    }

    private Authorization authorization(String client, String redirect) {
        return realm.oauth().authorization(client, redirect).scope("openid");
    }

    /** The refresh token of what the browser was sent to the client with. */
    private String tokens(Authorization authorization, HttpAnswer answer) {
        String code = new Callback(PlainBrowser.location(answer)).code();
        return realm.oauth()
                .exchange(authorization, code)
                .expect(200)
                .json()
                .path("refresh_token")
                .asText();
    }

    /** Registers a public client and returns its client id. */
    String register(String name, String redirect) {
        JsonNode request = Json.object(Map.of(
                "client_name",
                name,
                "redirect_uris",
                List.of(redirect),
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "response_types",
                List.of("code"),
                "token_endpoint_auth_method",
                "none"));
        return realm.oauth()
                .registerAt(registration, request.toString())
                .expect(201)
                .json()
                .path("client_id")
                .asText();
    }

    /** The median of what each took, in milliseconds. */
    private static double inTurn(int times, IntConsumer work) {
        return Contest.median(IntStream.range(0, times).mapToDouble(i -> {
            long begin = System.nanoTime();
            work.accept(i);
            return (System.nanoTime() - begin) / 1e6;
        }));
    }

    private static double atOnce(IntConsumer work) {
        int times = 4 * BATCH;
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            long begin = System.nanoTime();
            List<? extends Future<?>> all = IntStream.range(0, times)
                    .mapToObj(i -> callers.submit(() -> work.accept(i)))
                    .toList();
            for (Future<?> one : all) {
                one.get(1, TimeUnit.MINUTES);
            }
            return (System.nanoTime() - begin) / 1e6 / times;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            callers.shutdownNow();
        }
    }
}
