package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real, headless Chromium with a fresh profile; tests that ask for it are skipped where there is none.
 *
 * <p>It follows redirects for real: a client that listens on its loopback port is reached, and where nobody listens the
 * address tells where it was sent.
 */
public final class ChromiumBrowser implements Browser {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int ATTEMPTS = 5;

    private final ChromeDriver driver;
    private final String server;
    private final List<URI> requests = new ArrayList<>();
    private final List<URI> redirects = new ArrayList<>();

    private ChromiumBrowser(ChromeDriver driver, String server) {
        this.driver = driver;
        this.server = server;
    }

    /** Starts a browser for the pages of this server. */
    public static ChromiumBrowser start(KeycloakServer server) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Present.chromium().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-US",
                "--window-size=1280,1000",
                "--user-data-dir=" + profile());
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Present.chromeDriver().toFile())
                .withSilent(true)
                .build();
        return new ChromiumBrowser(
                new ChromeDriver(service, options), server.url().toString());
    }

    @Override
    public void open(URI uri) {
        readLog();
        requests.clear();
        redirects.clear();
        navigate(() -> driver.get(uri.toString()));
    }

    @Override
    public void signIn(String user, String password) {
        type("username", user);
        type("password", password);
        click("login");
    }

    @Override
    public void type(String name, String text) {
        WebElement field = element(name);
        field.clear();
        field.sendKeys(text);
    }

    @Override
    public void click(String nameOrId) {
        navigate(() -> steady(() -> {
            element(nameOrId).click();
            return true;
        }));
    }

    @Override
    public boolean offers(String nameOrId) {
        return find(nameOrId).isPresent();
    }

    @Override
    public String address() {
        return Optional.ofNullable(driver.getCurrentUrl()).orElse("");
    }

    @Override
    public String title() {
        return Optional.ofNullable(driver.getTitle()).orElse("");
    }

    @Override
    public String text() {
        return steady(() -> driver.findElement(By.tagName("body")).getText());
    }

    @Override
    public String markup() {
        return Optional.ofNullable(driver.getPageSource()).orElse("");
    }

    @Override
    public void reload() {
        navigate(() -> driver.navigate().refresh());
    }

    @Override
    public Optional<Callback> callback() {
        readLog();
        if (!isHome(address())) {
            return Optional.of(new Callback(URI.create(address())));
        }
        return redirects.stream()
                .filter(redirect -> !isHome(redirect.toString()))
                .reduce((earlier, later) -> later)
                .map(Callback::new);
    }

    /** Waits until Keycloak has sent the browser to the client; for pages that go on by themselves. */
    @Override
    public Callback awaitCallback() {
        try {
            Await.until("the browser left Keycloak", PATIENCE, () -> callback().isPresent());
        } catch (AssertionError e) {
            throw new AssertionError("Still at " + address() + ":\n" + text(), e);
        }
        return callback().orElseThrow();
    }

    /** Waits until the page has that button, link or field. */
    public void await(String nameOrId) {
        try {
            Await.until("the page has " + nameOrId, PATIENCE, () -> offers(nameOrId));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", but " + address() + " shows:\n" + text(), e);
        }
    }

    /** All addresses that pages have loaded anything from since the last {@link #open}. */
    public List<URI> requests() {
        readLog();
        return List.copyOf(requests);
    }

    /** The result of a script in the page, as text. */
    public String script(String script) {
        return String.valueOf(driver.executeScript(script));
    }

    /** Sets the size of the window, in CSS pixels. */
    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Has pages see a system in dark colours. */
    public void dark() {
        colours("dark");
    }

    /** Has pages see a system in light colours. */
    public void light() {
        colours("light");
    }

    private void colours(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Presses keys where the focus is. */
    public void press(CharSequence... keys) {
        navigate(() -> driver.switchTo().activeElement().sendKeys(keys));
    }

    /** Presses Tab until the focus is on the element of that {@code name} or {@code id}. */
    public void tabTo(String nameOrId) {
        for (int i = 0; i < 100; i++) {
            if (script("return document.activeElement.id + ' ' + document.activeElement.name")
                    .matches("(%1$s .*)|(.* %1$s)".formatted(Pattern.quote(nameOrId)))) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("The keyboard does not reach " + nameOrId + " at " + address() + ":\n" + text());
    }

    /** What axe-core finds serious or critical within a part of the page, an empty list where nothing. */
    public String seriousBarriers(String selector) {
        try {
            script(Files.readString(Present.axe()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script("return axe.run('" + selector + "').then(found => JSON.stringify(found.violations"
                + ".filter(rule => rule.impact === 'serious' || rule.impact === 'critical')"
                + ".map(rule => [rule.id, rule.nodes.map(node => node.html)])))");
    }

    /** Writes one element of the page, without what is around it. */
    public Path screenshot(String name, String selector) {
        return write(name, driver.findElement(By.cssSelector(selector)));
    }

    /** Writes the page as {@code target/screenshots/<name>.png}. */
    public Path screenshot(String name) {
        return write(name, driver);
    }

    private static Path write(String name, TakesScreenshot shown) {
        Path file = Settings.target().resolve("screenshots").resolve(name + ".png");
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, shown.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a part of the page as {@code docs/images/<name>.png}, where {@code -Dmcp.write-images} asks for it. */
    public void picture(String name, String selector) {
        if (System.getProperty("mcp.write-images") == null) {
            return;
        }
        Path file = Settings.docs().resolve("images").resolve(name + ".png");
        try {
            Files.write(file, driver.findElement(By.cssSelector(selector)).getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void clearCookies() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    @Override
    public void close() {
        driver.quit();
    }

    /** A navigation may end at a port where nobody listens, which the driver reports as an error. */
    private void navigate(Runnable action) {
        try {
            action.run();
        } catch (WebDriverException e) {
            if (!String.valueOf(e.getMessage()).contains("net::ERR_")) {
                throw e;
            }
        }
    }

    /** Does once more what a page that loads itself again has come in between of. */
    private static <T> T steady(Supplier<T> action) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return action.get();
            } catch (StaleElementReferenceException e) {
                // The page is a new one by now.
            }
        }
        return action.get();
    }

    private WebElement element(String nameOrId) {
        return find(nameOrId)
                .orElseThrow(() -> new AssertionError("No " + nameOrId + " at " + address() + ":\n" + text()));
    }

    private Optional<WebElement> find(String nameOrId) {
        return driver.findElements(By.name(nameOrId)).stream()
                .findFirst()
                .or(() -> driver.findElements(By.id(nameOrId)).stream().findFirst());
    }

    /** Takes in what the browser has reported about its network since the last time. */
    private void readLog() {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode event = Json.parse(entry.getMessage()).path("message");
            JsonNode parameters = event.path("params");
            switch (event.path("method").asText()) {
                case "Network.requestWillBeSent" ->
                    keep(requests, parameters.path("request").path("url").asText());
                case "Network.responseReceivedExtraInfo" -> keepRedirect(parameters);
                default -> {
                    // Says nothing about where requests go.
                }
            }
        }
    }

    private void keepRedirect(JsonNode response) {
        response.path("headers").properties().forEach(header -> {
            if (header.getKey().equalsIgnoreCase("location")) {
                keep(redirects, header.getValue().asText());
            }
        });
    }

    private static void keep(List<URI> list, String address) {
        boolean ofTheBrowserItself = address.startsWith("data:") || address.startsWith("chrome");
        if (!ofTheBrowserItself && !address.startsWith("/")) {
            list.add(URI.create(address));
        }
    }

    private boolean isHome(String address) {
        return address.startsWith(server + "/") || address.startsWith("data:") || address.equals("about:blank");
    }

    private static Path profile() {
        try {
            Path parent = Settings.target().resolve("it").resolve("chromium");
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, "profile");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
