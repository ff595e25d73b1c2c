package dev.mcpclients.keycloak.it.support;

import java.net.URI;
import java.util.Optional;

/** A user's browser at Keycloak's pages. It stays there: where Keycloak sends it away is kept, and not visited. */
public interface Browser extends AutoCloseable {

    /** Goes to an address, as if typed. */
    void open(URI uri);

    /** Fills in Keycloak's login form and sends it. */
    void signIn(String user, String password);

    /** Fills in the field of that name. */
    void type(String name, String text);

    /** Presses the button, or follows the link, whose {@code name} or {@code id} it is. */
    void click(String nameOrId);

    /** Whether the page has a button, link or field of that {@code name} or {@code id}. */
    boolean offers(String nameOrId);

    /** The address of the page shown. */
    String address();

    String title();

    /** The text a reader sees, white space as shown. */
    String text();

    /** The page as markup. */
    String markup();

    /** Loads the page again. */
    void reload();

    /** Where Keycloak sent the browser last, if it did so since the last {@link #open}. */
    Optional<Callback> callback();

    /** That place, or a failure that shows the page instead. */
    default Callback awaitCallback() {
        return callback().orElseThrow(() -> new AssertionError("Still at " + address() + ":\n" + text()));
    }

    /** Forgets who is signed in. */
    void clearCookies();

    @Override
    void close();
}
