package dev.mcpclients.keycloak.metadata;

/** The bounds on what a registration may hold, so that no input reaches the database to fail there. */
public final class Limits {
    /** Redirect URIs in one registration. */
    public static final int REDIRECT_URIS = 20;

    /** Characters of a redirect URI: {@code REDIRECT_URIS.VALUE} of Keycloak 26.7 is a VARCHAR(255). */
    public static final int REDIRECT_URI = 255;

    /** Values in any other list whose values decide something. */
    public static final int LIST = 20;

    /** Code points of a name, as people see it. */
    public static final int NAME = 80;

    /** Characters of a claim. */
    public static final int CLAIM = 255;

    /** Contacts kept of one registration. */
    public static final int CONTACTS = 10;

    /** Characters of the scope member. */
    public static final int SCOPE = 2_000;

    /** Keys of a key set. */
    public static final int KEYS = 10;

    /** Characters of a key set. */
    public static final int KEY_SET = 16_000;

    /** Characters of an offending value as quoted in an answer. */
    public static final int QUOTE = 80;

    private Limits() {}
}
