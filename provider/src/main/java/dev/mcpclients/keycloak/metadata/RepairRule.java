package dev.mcpclients.keycloak.metadata;

/**
 * Every change made to a registration so that it can be accepted (RFC 7591 section 3.2.1). In the text, <code>{value}</code>
 * stands for the value that was changed and <code>{member}</code> for its member.
 */
public enum RepairRule {
    REDIRECT_URI_DROPPED("The redirect URI {value} was not registered.", "RFC 7591 section 3.2.1"),
    REDIRECT_URI_LOWER_CASE(
            "The redirect URI {value} was registered with its scheme and host in lower case.",
            "RFC 3986 section 6.2.2.1"),
    GRANT_TYPE_DROPPED("The grant type {value} was not registered.", "RFC 7591 section 2"),
    RESPONSE_TYPE_DROPPED("The response type {value} was not registered.", "RFC 7591 section 2"),
    CLIENT_NAME_CHANGED(
            "The client name {value} was shortened or freed of characters that cannot be shown safely.",
            "RFC 7591 section 5"),
    SCOPE_DROPPED("The scope {value} is malformed or too long and was ignored.", "RFC 6749 section 3.3"),
    SOFTWARE_STATEMENT_IGNORED("The software statement was ignored.", "RFC 7591 section 2.3"),
    OWN_MEMBER_DROPPED(
            "The member {member} was ignored: a public client is shared by everybody who uses this software.",
            "RFC 7591 section 3.2.1"),
    MEMBER_VALUE_DROPPED("The value {value} of the member {member} was ignored.", "RFC 7591 section 3.2.1"),
    LOGO_NOT_STORED("The logo was ignored: pages of this server load nothing from elsewhere.", "RFC 7591 section 5"),
    CLAIM_DROPPED("The value {value} of the member {member} was ignored.", "RFC 7591 section 2"),

    /** Found by the endpoint, which knows the scopes of the realm. */
    SCOPE_NOT_OFFERED("The scope {value} is not offered to this client.", "RFC 7591 section 2");

    private final String text;
    private final String reference;

    RepairRule(String text, String reference) {
        this.text = text;
        this.reference = reference;
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
