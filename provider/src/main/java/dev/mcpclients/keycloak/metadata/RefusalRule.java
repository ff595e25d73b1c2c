package dev.mcpclients.keycloak.metadata;

/**
 * Every reason a registration is refused for, with what the caller is told. In the text, <code>{value}</code> stands for the
 * offending value and <code>{member}</code> for the member that held it.
 */
public enum RefusalRule {
    NOT_AN_OBJECT(
            Place.METADATA, 400, Errors.METADATA, "The client metadata is not a JSON object.", "RFC 7591 section 3.1"),
    WRONG_TYPE(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The member {member} has the wrong JSON type: {value}.",
            "RFC 7591 section 2"),
    TOO_MANY_VALUES(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The member {member} has too many values: {value}.",
            "RFC 7591 section 2"),
    SOFTWARE_STATEMENT(
            Place.METADATA,
            400,
            "invalid_software_statement",
            "This server takes no software statements; register without one.",
            "RFC 7591 section 2.3"),
    GRANT_TYPES_WITHOUT_CODE(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The grant types {value} do not contain authorization_code, the only way to a token on this server.",
            "RFC 7591 section 2"),
    RESPONSE_TYPES_WITHOUT_CODE(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The response types {value} do not contain code, the only one on this server.",
            "OAuth 2.1 section 4.1"),
    AUTH_METHOD_UNKNOWN(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The authentication method {value} is not supported;"
                    + " use none, client_secret_post, client_secret_basic or private_key_jwt.",
            "RFC 7591 section 2"),
    JWKS_MISSING(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The authentication method private_key_jwt needs jwks or jwks_uri.",
            "RFC 7523 section 3"),
    JWKS_TWICE(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The members jwks and jwks_uri must not both be present.",
            "RFC 7591 section 2"),
    JWKS_INVALID(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The member jwks is not a set of public keys: {value}.",
            "RFC 7517 section 5"),
    JWKS_URI_INVALID(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The jwks_uri {value} is not an https URL on the host of a redirect URI of this client.",
            "RFC 7591 section 2"),

    LOOK_ALIKE(
            Place.METADATA,
            400,
            Errors.METADATA,
            "The client name or a redirect URI looks like that of other software.",
            "RFC 7591 section 5"),
    TOO_MANY_REDIRECT_URIS(
            Place.METADATA, 400, Errors.REDIRECT, "There are too many redirect URIs: {value}.", "RFC 7591 section 2"),
    REDIRECT_URIS_MISSING(
            Place.METADATA,
            400,
            Errors.REDIRECT,
            "There is no redirect URI; the authorization code flow needs at least one.",
            "RFC 7591 section 2"),
    REDIRECT_URI_TOO_LONG(
            Place.REDIRECT_URI, 400, Errors.REDIRECT, "The redirect URI {value} is too long.", "RFC 7591 section 5"),
    REDIRECT_URI_CHARACTERS(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has characters that no URI may have.",
            "RFC 3986 section 2"),
    REDIRECT_URI_NOT_ABSOLUTE(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} is not an absolute URI with a path.",
            "RFC 6749 section 3.1.2"),
    REDIRECT_URI_FRAGMENT(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has a fragment.",
            "RFC 6749 section 3.1.2"),
    REDIRECT_URI_WILDCARD(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has a wildcard; redirect URIs are compared exactly.",
            "RFC 9700 section 2.1"),
    REDIRECT_URI_SCHEME_DANGEROUS(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has a scheme that is never allowed.",
            "RFC 7591 section 5"),
    REDIRECT_URI_SCHEME_NOT_ALLOWED(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has a scheme that is not allowed; use https, http on a loopback address,"
                    + " or a scheme that is a reversed domain name.",
            "RFC 8252 section 7.1"),
    REDIRECT_URI_USERINFO(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has a user name before its host.",
            "RFC 9110 section 4.2.4"),
    REDIRECT_URI_HOST(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has no proper host name.",
            "RFC 3986 section 3.2.2"),
    REDIRECT_URI_PORT(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has no proper port.",
            "RFC 3986 section 3.2.3"),
    REDIRECT_URI_HTTP(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} uses http outside the loopback addresses; use https.",
            "RFC 8252 section 7.3"),
    REDIRECT_URI_ENCODING(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} hides characters behind percent-encoding.",
            "RFC 3986 section 2.4"),
    REDIRECT_URI_DOT_SEGMENT(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has a dot segment in its path.",
            "RFC 3986 section 3.3"),
    REDIRECT_URI_QUERY(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} has a query; keep what it says in the state parameter.",
            "RFC 9700 section 2.1"),
    REDIRECT_URI_IP_LITERAL(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} names an IP address outside loopback; use a host name.",
            "RFC 8252 section 7.3"),
    REDIRECT_URI_HOST_NOT_ALLOWED(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The host of the redirect URI {value} is not one this server registers clients for.",
            "RFC 7591 section 5"),
    REDIRECT_URI_EVIDENCE(
            Place.REDIRECT_URI,
            400,
            Errors.REDIRECT,
            "The redirect URI {value} does not show well enough whose software this is.",
            "RFC 7591 section 5"),

    NOT_JSON(Place.ENDPOINT, 400, Errors.METADATA, "The request body is not JSON.", "RFC 7591 section 3.1"),
    BODY_TOO_LARGE(Place.ENDPOINT, 413, Errors.METADATA, "The request body is too large.", "RFC 9110 section 15.5.14"),
    INITIAL_ACCESS_TOKEN_REQUIRED(
            Place.ENDPOINT, 401, "invalid_token", "Registration needs an initial access token.", "RFC 7591 section 3"),
    TOKEN_WITHOUT_ROLE(
            Place.ENDPOINT, 403, "access_denied", "The bearer token may not create clients.", "RFC 7591 section 3"),
    SHARED_CLIENT(
            Place.ENDPOINT,
            403,
            "access_denied",
            "This client is shared by everybody who uses this software; nobody changes it here.",
            "RFC 7592 section 2"),
    CLIENT_CHANGED(
            Place.ENDPOINT,
            400,
            Errors.METADATA,
            "The client_id {value} or the client_secret is not the one that was issued.",
            "RFC 7592 section 2.2"),
    PROTOCOL(
            Place.ENDPOINT,
            400,
            Errors.METADATA,
            "The protocol {value} is not registered here; only OpenID Connect and OAuth 2.0 clients are.",
            "RFC 7591 section 2"),
    CLOSED(
            Place.ENDPOINT,
            403,
            "access_denied",
            "This server registers no new clients; ask its administrator.",
            "RFC 7591 section 3"),
    DENIED_SOFTWARE(
            Place.ENDPOINT,
            400,
            Errors.METADATA,
            "This software was denied here; somebody who approves software here can re-open it.",
            "RFC 7591 section 3.2.2"),
    POLICY(
            Place.ENDPOINT,
            400,
            Errors.METADATA,
            "A rule of this server does not allow this client; ask its administrator.",
            "RFC 7591 section 3.2.2"),
    OTHER_DOOR(
            Place.ENDPOINT,
            400,
            Errors.METADATA,
            "Clients register themselves at {value} on this server.",
            "RFC 7591 section 3"),
    TOO_MANY(
            Place.ENDPOINT,
            429,
            Errors.UNAVAILABLE,
            "Too many clients are waiting here; try again later.",
            "RFC 6585 section 4"),
    UNAVAILABLE(
            Place.ENDPOINT,
            503,
            Errors.UNAVAILABLE,
            "The server cannot register clients at the moment; try again later.",
            "RFC 9110 section 15.6.4");

    /** Where a refusal comes from. */
    public enum Place {
        /** The rules, about the registration as a whole. */
        METADATA,
        /** The rules, about one redirect URI: it is dropped, and a refusal only when none is left. */
        REDIRECT_URI,
        /** The registration endpoint. */
        ENDPOINT
    }

    private static final class Errors {
        private static final String METADATA = "invalid_client_metadata";
        private static final String REDIRECT = "invalid_redirect_uri";
        private static final String UNAVAILABLE = "temporarily_unavailable";
    }

    private final Place place;
    private final int status;
    private final String error;
    private final String text;
    private final String reference;

    RefusalRule(Place place, int status, String error, String text, String reference) {
        this.place = place;
        this.status = status;
        this.error = error;
        this.text = text;
        this.reference = reference;
    }

    public Place place() {
        return place;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The error code of the answer. */
    public String error() {
        return error;
    }

    /** The public text, ASCII, with its placeholders. */
    public String text() {
        return text;
    }

    /** The specification it rests on. */
    public String reference() {
        return reference;
    }
}
