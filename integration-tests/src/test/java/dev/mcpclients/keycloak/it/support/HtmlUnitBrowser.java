package dev.mcpclients.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.htmlunit.BrowserVersion;
import org.htmlunit.FormEncodingType;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.StringWebResponse;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.util.NameValuePair;
import org.htmlunit.util.WebConnectionWrapper;
import org.jspecify.annotations.Nullable;

/** A browser without a window and, unless asked for, without JavaScript; needs nothing installed. */
public final class HtmlUnitBrowser implements Browser {

    private final WebClient client = new WebClient(BrowserVersion.CHROME);
    private final String server;
    private @Nullable Callback callback;

    /** A browser that stays at this server. */
    public HtmlUnitBrowser(KeycloakServer server) {
        this.server = server.url().toString();
        client.getOptions().setJavaScriptEnabled(false);
        // The certificate of the tests is nobody's.
        client.getOptions().setUseInsecureSSL(true);
        client.getOptions().setCssEnabled(false);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setThrowExceptionOnScriptError(false);
        client.getOptions().setPrintContentOnFailingStatusCode(false);
        client.setWebConnection(new StayingHome(client));
    }

    @Override
    public void open(URI uri) {
        callback = null;
        try {
            client.getPage(uri.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a form that no page has to show, with the cookies of this browser. */
    public void post(URI uri, Map<String, String> form) {
        try {
            WebRequest request = new WebRequest(uri.toURL(), HttpMethod.POST);
            request.setRequestBody(Http.encode(form));
            request.setEncodingType(FormEncodingType.URL_ENCODED);
            client.getPage(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void signIn(String user, String password) {
        type("username", user);
        type("password", password);
        click("login");
    }

    @Override
    public void type(String name, String text) {
        DomElement field = element(name);
        if (field instanceof HtmlInput input) {
            input.setValue(text);
        } else if (field instanceof HtmlTextArea area) {
            area.setText(text);
        } else {
            throw new AssertionError(name + " is not a field but " + field);
        }
    }

    @Override
    public void click(String nameOrId) {
        try {
            element(nameOrId).click();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean offers(String nameOrId) {
        return find(nameOrId).isPresent();
    }

    @Override
    public String address() {
        return current().getUrl().toString();
    }

    @Override
    public String title() {
        return current() instanceof HtmlPage page ? page.getTitleText() : "";
    }

    @Override
    public String text() {
        return current() instanceof HtmlPage page ? page.asNormalizedText() : markup();
    }

    @Override
    public String markup() {
        return current().getWebResponse().getContentAsString();
    }

    /** What one element of the page says. */
    public String textOf(String nameOrId) {
        return element(nameOrId).asNormalizedText();
    }

    /** Sends a form as another site could make this browser do. */
    public void post(URI uri, String form) {
        callback = null;
        try {
            WebRequest request = new WebRequest(uri.toURL(), HttpMethod.POST);
            request.setEncodingType(FormEncodingType.URL_ENCODED);
            request.setRequestBody(form);
            client.getPage(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The HTTP status of the page shown. */
    public int status() {
        return current().getWebResponse().getStatusCode();
    }

    /** A header of the page shown. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(current().getWebResponse().getResponseHeaderValue(name));
    }

    /** All headers of that name, of the answer that is shown. */
    public List<String> headers(String name) {
        return current().getWebResponse().getResponseHeaders().stream()
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .map(NameValuePair::getValue)
                .toList();
    }

    @Override
    public void reload() {
        try {
            if (current() instanceof HtmlPage page) {
                page.refresh();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Callback> callback() {
        return Optional.ofNullable(callback);
    }

    @Override
    public void clearCookies() {
        client.getCookieManager().clearCookies();
    }

    @Override
    public void close() {
        client.close();
    }

    private Page current() {
        return client.getCurrentWindow().getEnclosedPage();
    }

    private DomElement element(String nameOrId) {
        return find(nameOrId)
                .orElseThrow(() -> new AssertionError("No " + nameOrId + " at " + address() + ":\n" + text()));
    }

    private Optional<DomElement> find(String nameOrId) {
        if (current() instanceof HtmlPage page) {
            return page.getElementsByName(nameOrId).stream()
                    .findFirst()
                    .or(() -> Optional.ofNullable(page.getElementById(nameOrId)));
        }
        return Optional.empty();
    }

    /** Answers requests to other servers, and redirects to them, with an empty page, and keeps where they led. */
    private final class StayingHome extends WebConnectionWrapper {

        StayingHome(WebClient client) {
            super(client);
        }

        @Override
        public WebResponse getResponse(WebRequest request) throws IOException {
            if (!isHome(request.getUrl().toString())) {
                return left(request.getUrl().toString(), request.getUrl());
            }
            WebResponse response = super.getResponse(request);
            String location = response.getResponseHeaderValue("Location");
            boolean redirect = response.getStatusCode() >= 300 && response.getStatusCode() < 400;
            return redirect && location != null && !isHome(location) ? left(location, request.getUrl()) : response;
        }

        private WebResponse left(String location, URL page) {
            callback = new Callback(URI.create(location));
            return new StringWebResponse("<!DOCTYPE html><title>left</title>", page);
        }

        private boolean isHome(String location) {
            return location.startsWith("/") || location.startsWith(server + "/");
        }
    }
}
