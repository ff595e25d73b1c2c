package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;

/** The user alice with a browser of her own, and what she does at the pages of the gate. */
public final class Visitor implements AutoCloseable {

    private static final String USER = "alice";

    private final TestRealm realm;
    private final HtmlUnitBrowser browser;

    public Visitor(TestRealm realm) {
        this.realm = realm;
        this.browser = new HtmlUnitBrowser(realm.server());
    }

    public HtmlUnitBrowser browser() {
        return browser;
    }

    /** Follows a client's authorization request, and signs in where that is asked. */
    public Visitor goes(Authorization authorization) {
        browser.open(authorization.uri());
        if (browser.offers("password")) {
            if (browser.offers("username")) {
                browser.type("username", USER);
            }
            browser.type("password", USER);
            browser.click("login");
        }
        return this;
    }

    /** Whether the decision screen is shown. */
    public boolean isAsked() {
        return browser.offers("mcp-allow") && browser.offers("mcp-deny");
    }

    /** Whether the waiting screen is shown. */
    public boolean waits() {
        return browser.offers("mcp-waiting");
    }

    public Callback allows() {
        browser.click("mcp-allow");
        return browser.awaitCallback();
    }

    public Callback allowsOnce() {
        browser.click("mcp-once");
        return browser.awaitCallback();
    }

    /** Presses the button that says no, or returns to the app. */
    public Callback denies() {
        browser.click("mcp-deny");
        return browser.awaitCallback();
    }

    /** The tokens of an authorization that she allows on the screen. */
    public JsonNode tokens(Authorization authorization) {
        goes(authorization);
        return realm.oauth()
                .exchange(authorization, allows().code())
                .expect(200)
                .json();
    }

    @Override
    public void close() {
        browser.close();
    }
}
