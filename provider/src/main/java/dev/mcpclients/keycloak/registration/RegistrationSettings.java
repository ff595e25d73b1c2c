package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.HostNames;
import dev.mcpclients.keycloak.metadata.RuleSettings;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.RegistryBounds;
import dev.mcpclients.keycloak.registry.Software;
import dev.mcpclients.keycloak.resource.ResourceUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyManager;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * The settings of one door: the configuration of its {@code mcp-client} policy component. Reading is the validation; it runs
 * when an administrator saves and whenever the settings are used.
 */
public record RegistrationSettings(
        Admission admission,
        RuleSettings rules,
        Catalogue catalogue,
        @Nullable Evidence autoApproveEvidence,
        RegistryBounds bounds,
        Duration waiting,
        Duration requestExpiry,
        boolean keepAddresses,
        MailSettings mails,
        @Nullable String defaultResource,
        Set<String> allowedOrigins,
        boolean openidDiscovery,
        List<FixedToken> fixedTokens) {

    /** Provider id of the policy whose components hold these settings. */
    public static final String POLICY_ID = "mcp-client";

    static final String ADMISSION = "admission";
    static final String ALLOWED_HOSTS = "allowed-hosts";
    static final String ALLOWED_SCHEMES = "allowed-schemes";
    private static final String REVERSED_DOMAIN_SCHEMES = "reversed-domain-schemes";
    private static final String IP_LITERALS = "ip-literals";
    private static final String SOFTWARE_STATEMENT = "software-statement";
    private static final String MINIMUM_EVIDENCE = "minimum-evidence";
    private static final String CATALOGUE = "catalogue";
    private static final String AUTO_APPROVE_EVIDENCE = "auto-approve-evidence";
    private static final String REFUSE_LOOK_ALIKES = "refuse-look-alikes";
    private static final String MAX_PENDING = "max-pending";
    private static final String MAX_UNUSED = "max-unused";
    private static final String WAIT_MINUTES = "wait-minutes";
    private static final String REQUEST_EXPIRY_DAYS = "request-expiry-days";
    private static final String KEEP_ADDRESSES = "keep-addresses";
    private static final String REMINDER_DAYS = "reminder-days";
    private static final String MAIL_DIGEST_AFTER = "mail-digest-after";
    private static final String MAIL_MAX_RECEIVERS = "mail-max-receivers";
    public static final String DEFAULT_RESOURCE = "default-resource";
    private static final String ALLOWED_ORIGINS = "allowed-origins";
    private static final String OPENID_DISCOVERY = "openid-discovery";
    private static final String FIXED_TOKENS = "fixed-initial-access-tokens";

    /** A login reads its settings several times. */
    private static final ReadOnce<MultivaluedHashMap<String, String>, RegistrationSettings> READ =
            new ReadOnce<>(RegistrationSettings::parse);

    /** RFC 3986 section 3.1, in lower case. */
    private static final Predicate<String> SCHEME =
            Pattern.compile("[a-z][a-z0-9+.-]*").asMatchPredicate();

    private static final String ANY_NAME_BELOW = "*.";
    private static final String IGNORE = "ignore";
    private static final String REFUSE = "refuse";
    private static final String OFF = "off";

    public RegistrationSettings {
        allowedOrigins = Set.copyOf(allowedOrigins);
        fixedTokens = List.copyOf(fixedTokens);
    }

    /** Settings of a door of the realm; a door without a component, or with two that may disagree, is closed. */
    public static RegistrationSettings at(RealmModel realm, RegistrationAuth door) {
        List<ComponentModel> components = components(realm, ClientRegistrationPolicyManager.getComponentTypeKey(door));
        RegistrationSettings settings = components.size() == 1 ? usable(components.get(0)) : closed();
        return settings.with(Catalogues.of(realm));
    }

    /** The settings that hold for a client of ours are those of the door it came through; anything but a token holder's is the anonymous one. */
    public static RegistrationSettings of(RealmModel realm, ClientModel client) {
        return at(
                realm,
                Door.AUTHENTICATED.wire().equals(client.getAttribute(ClientAttributes.DOOR))
                        ? RegistrationAuth.AUTHENTICATED
                        : RegistrationAuth.ANONYMOUS);
    }

    /** The components of the policy at a door. */
    public static List<ComponentModel> components(RealmModel realm, String subType) {
        return components(realm)
                .filter(component -> subType.equals(component.getSubType()))
                .toList();
    }

    /** Whether software is turned away for what it looks like; a human decision outweighs that. */
    boolean refuses(Software software) {
        return rules.refuseLookAlikes()
                && software.looksLike() != null
                && !software.basis().isHuman();
    }

    /** How long it is kept from which address software was registered: not at all where either door says so. */
    public static Duration addressesKept(RealmModel realm) {
        RegistrationSettings anonymous = at(realm, RegistrationAuth.ANONYMOUS);
        boolean kept = anonymous.keepAddresses && at(realm, RegistrationAuth.AUTHENTICATED).keepAddresses;
        return kept ? anonymous.requestExpiry : Duration.ZERO;
    }

    /** Whether it is recorded at all from which address software is registered. */
    static boolean keepsAddresses(RealmModel realm) {
        return !addressesKept(realm).isZero();
    }

    /** What tells settings by which software has this evidence and that standing from others. */
    public String evidenceStamp() {
        return catalogue.stamp() + admission.wire() + (autoApproveEvidence == null ? OFF : autoApproveEvidence.wire());
    }

    /** Whether new software may come in at this door, with or without a token. */
    public boolean isOpen() {
        return admission != Admission.CLOSED;
    }

    /** Whether the realm registers MCP clients: it has a component of the policy at either door. */
    public static boolean isRegistering(RealmModel realm) {
        return components(realm).findAny().isPresent();
    }

    private static Stream<ComponentModel> components(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), ClientRegistrationPolicy.class.getName())
                .filter(component -> POLICY_ID.equals(component.getProviderId()));
    }

    /** Settings that cannot be read close the door. */
    private static RegistrationSettings usable(ComponentModel component) {
        try {
            return READ.get(copy(component.getConfig()));
        } catch (UnreadableSettingException invalid) {
            return closed();
        }
    }

    /**
     * A setting that cannot be read.
     *
     * @param safe the values that stand for its default; none: it may be left out
     */
    public record Fault(String key, String why, List<String> safe) {}

    /** The first setting of a component that cannot be read, which closes its door. */
    public static Optional<Fault> fault(ComponentModel component) {
        try {
            parse(copy(component.getConfig()));
            return Optional.empty();
        } catch (UnreadableSettingException invalid) {
            return Optional.of(new Fault(
                    invalid.key(),
                    invalid.text(),
                    invalid.key().equals(ADMISSION) ? List.of(Admission.ADMIN_APPROVAL.wire()) : List.of()));
        }
    }

    /** The component's own map belongs to the realm cache; this one stays as it is. */
    private static MultivaluedHashMap<String, String> copy(MultivaluedHashMap<String, String> config) {
        MultivaluedHashMap<String, String> copy = new MultivaluedHashMap<>();
        config.forEach((key, values) -> copy.put(key, values == null ? List.of() : new ArrayList<>(values)));
        return copy;
    }

    /** The catalogue is the realm's, not the door's. */
    private RegistrationSettings with(Catalogue catalogueOfTheRealm) {
        return new RegistrationSettings(
                admission,
                rules,
                catalogueOfTheRealm,
                autoApproveEvidence,
                bounds,
                waiting,
                requestExpiry,
                keepAddresses,
                mails,
                defaultResource,
                allowedOrigins,
                openidDiscovery,
                fixedTokens);
    }

    /** What a component adds to the catalogue, as it is written. */
    static List<String> catalogueEntries(MultivaluedHashMap<String, String> config) {
        return new Values(config).list(CATALOGUE);
    }

    private static boolean isHost(String host) {
        return HostNames.isWellFormed(host)
                || (host.startsWith(ANY_NAME_BELOW) && HostNames.isWellFormed(host.substring(ANY_NAME_BELOW.length())));
    }

    private static RegistrationSettings closed() {
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        config.putSingle(ADMISSION, Admission.CLOSED.wire());
        return parse(config);
    }

    /**
     * Reads a configuration.
     *
     * @throws ComponentValidationException naming the setting, the value and what is allowed
     */
    public static RegistrationSettings parse(MultivaluedHashMap<String, String> config) {
        Values values = new Values(config);
        return new RegistrationSettings(
                values.admission(),
                new RuleSettings(
                        values.each(
                                ALLOWED_HOSTS,
                                RegistrationSettings::isHost,
                                "a host such as app.example.com or *.example.com"),
                        values.each(ALLOWED_SCHEMES, SCHEME, "a scheme such as com.example.app, without colon"),
                        values.flag(REVERSED_DOMAIN_SCHEMES, true),
                        values.flag(IP_LITERALS, false),
                        values.oneOf(SOFTWARE_STATEMENT, IGNORE, IGNORE, REFUSE).equals(REFUSE),
                        Evidence.valueOf(values.oneOf(MINIMUM_EVIDENCE, "none", "none", "domain", "known")
                                .toUpperCase(Locale.ROOT)),
                        values.flag(REFUSE_LOOK_ALIKES, false)),
                values.catalogue(),
                Evidence.of(values.oneOf(AUTO_APPROVE_EVIDENCE, OFF, OFF, "domain", "known"))
                        .orElse(null),
                new RegistryBounds(
                        values.number(MAX_PENDING, 1000, 1_000_000), values.number(MAX_UNUSED, 1000, 1_000_000)),
                Duration.ofMinutes(values.number(WAIT_MINUTES, 10, 24 * 60)),
                Duration.ofDays(values.number(REQUEST_EXPIRY_DAYS, 30, 3650)),
                values.flag(KEEP_ADDRESSES, true),
                new MailSettings(
                        Duration.ofDays(values.number(REMINDER_DAYS, 3, 0, 3650)),
                        values.number(MAIL_DIGEST_AFTER, 20, 10_000),
                        values.number(MAIL_MAX_RECEIVERS, 100, 10_000)),
                values.resource(),
                values.each(
                        ALLOWED_ORIGINS,
                        BrowserOrigin::isOrigin,
                        "an origin as browsers send it, such as https://app.example.com"),
                values.flag(OPENID_DISCOVERY, false),
                values.fixedTokens());
    }

    /** The settings as the admin console shows them. */
    static List<ProviderConfigProperty> properties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(ADMISSION)
                .label("Admission")
                .helpText(
                        "What happens to software that registers here for the first time: open (approved), user-approval (each"
                                + " user decides for himself), admin-approval (waits for an approver), token-only (anonymous door: needs an"
                                + " initial access token), closed. A user is asked on every first authorization, whatever is chosen here.")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(Admission.values()).map(Admission::wire).toList())
                .defaultValue(Admission.ADMIN_APPROVAL.wire())
                .add()
                .property()
                .name(ALLOWED_HOSTS)
                .label("Allowed redirect hosts")
                .helpText("Hosts of https redirect URIs, exact or *.example.com. Empty: every host.")
                .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
                .add()
                .property()
                .name(ALLOWED_SCHEMES)
                .label("Allowed private-use schemes")
                .helpText(
                        "Schemes of redirect URIs allowed besides the exact URIs of known clients and reversed domain names"
                                + " (RFC 8252 section 7.1). Empty: none besides those.")
                .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
                .add()
                .property()
                .name(REVERSED_DOMAIN_SCHEMES)
                .label("Reversed domain schemes")
                .helpText("Whether schemes that are a reversed domain name, such as com.example.app, are allowed.")
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(true)
                .add()
                .property()
                .name(IP_LITERALS)
                .label("IP addresses as redirect hosts")
                .helpText("Whether https redirect URIs may name an IP address that is not loopback.")
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .add()
                .property()
                .name(SOFTWARE_STATEMENT)
                .label("Software statements")
                .helpText("A software_statement (RFC 7591 section 2.3) is ignored, or makes the registration refused.")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(IGNORE, REFUSE)
                .defaultValue(IGNORE)
                .add()
                .property()
                .name(MINIMUM_EVIDENCE)
                .label("Least evidence")
                .helpText(
                        "Redirect URIs that show less of whose software it is are not registered, and software that has no other is"
                                + " refused: none lets in all, domain asks for https on a public host, known for the addresses of a"
                                + " known client.")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options("none", "domain", "known")
                .defaultValue("none")
                .add()
                .property()
                .name(AUTO_APPROVE_EVIDENCE)
                .label("Approve by evidence")
                .helpText(
                        "With admission admin-approval, new software with this evidence or more is approved without waiting, unless it"
                                + " looks like other software; it waits again when its evidence falls or this setting rises. off: none,"
                                + " domain: https on a public host, known: the addresses of a known client.")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(OFF, "domain", "known")
                .defaultValue(OFF)
                .add()
                .property()
                .name(CATALOGUE)
                .label("Known clients")
                .helpText(
                        "JSON objects that add to the realm's catalogue of known clients, change an entry of it by its id, or switch it"
                                + " off; there is one catalogue for both doors, and the entry of the anonymous one holds where both have"
                                + " one of the same id:"
                                + " {\"id\": \"acme\", \"name\": \"Acme Agent\", \"vendor\": \"Acme\", \"redirectUris\":"
                                + " [\"https://agent.acme.example/cb\"]}, {\"id\": \"zed\", \"off\": true}.")
                .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
                .add()
                .property()
                .name(REFUSE_LOOK_ALIKES)
                .label("Refuse look-alikes")
                .helpText(
                        "Whether software whose name or redirect host looks like that of a known client, or whose name looks like"
                                + " that of approved software, is refused. Off: it is registered, marked, and people are warned.")
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .add()
                .property()
                .name(MAX_PENDING)
                .label("Most pending software")
                .helpText("How much software may wait for a decision; above it registration answers 429.")
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(1000)
                .add()
                .property()
                .name(MAX_UNUSED)
                .label("Most never-used software")
                .helpText(
                        "How much software may be registered that nobody has used or decided about; above it registration answers"
                                + " 429.")
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(1000)
                .add()
                .property()
                .name(WAIT_MINUTES)
                .label("Waiting time in minutes")
                .helpText(
                        "How long a login waits for an approver before it ends with access_denied. The request stays.")
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(10)
                .add()
                .property()
                .name(REQUEST_EXPIRY_DAYS)
                .label("Days until a request expires")
                .helpText(
                        "How long it is kept who waits for software and why. The software stays on the list. The setting of the"
                                + " anonymous door counts for the realm.")
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(30)
                .add()
                .property()
                .name(KEEP_ADDRESSES)
                .label("Keep addresses")
                .helpText(
                        "Whether approvers see from which address software was registered, until as many days have passed as a request"
                                + " is kept. Off at either door: none is recorded in this realm, and those that are there are forgotten.")
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(true)
                .add()
                .property()
                .name(REMINDER_DAYS)
                .label("Days until approvers are reminded")
                .helpText(
                        "Approvers get a mail about software that has waited for so long, at most one a day, about each again after as"
                                + " many days. 0: never. The setting of the anonymous door counts for the realm.")
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(3)
                .add()
                .property()
                .name(MAIL_DIGEST_AFTER)
                .label("Most mails about single software")
                .helpText(
                        "How many mails about software that begins to wait approvers get in a day; then one more says that there are"
                                + " many. The setting of the anonymous door counts for the realm.")
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(20)
                .add()
                .property()
                .name(MAIL_MAX_RECEIVERS)
                .label("Most receivers of a mail")
                .helpText(
                        "How many approvers are told about software, and how many users about a decision. The setting of the anonymous"
                                + " door counts for the realm.")
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(100)
                .add()
                .property()
                .name(DEFAULT_RESOURCE)
                .label("Default resource")
                .helpText(
                        "URL of the MCP server that a token is for when the client names none (RFC 8707). Empty: a token without"
                                + " audience.")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(ALLOWED_ORIGINS)
                .label("Allowed web origins")
                .helpText(
                        "Origins other than loopback ones that browser clients may register from. Empty: loopback only.")
                .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
                .add()
                .property()
                .name(OPENID_DISCOVERY)
                .label("Registration endpoint in the OpenID document")
                .helpText(
                        "Whether openid-configuration names the MCP registration endpoint too. The OAuth document always does.")
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .add()
                .property()
                .name(FIXED_TOKENS)
                .label("Fixed initial access tokens")
                .helpText(
                        "Entries name=sha256:<64 hex digits> or name=${vault.key}. They work at the MCP registration endpoint only"
                                + " and are taken as a bearer token.")
                .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
                .add()
                .build();
    }

    /** Typed reading of a component's configuration. */
    private record Values(MultivaluedHashMap<String, String> config) {

        Admission admission() {
            String value = single(ADMISSION);
            return Admission.of(value)
                    .orElseThrow(() -> notOneOf(
                            ADMISSION,
                            String.valueOf(value),
                            Arrays.stream(Admission.values())
                                    .map(Admission::wire)
                                    .toList()));
        }

        @Nullable
        String single(String key) {
            String value = config.getFirst(key);
            return value == null || value.isBlank() ? null : value.trim();
        }

        List<String> list(String key) {
            // Not getList: it changes the map, which is the realm cache's own and read by many requests at once.
            List<String> values = config.get(key);
            return values == null
                    ? List.of()
                    : values.stream()
                            .filter(value -> value != null && !value.isBlank())
                            .map(String::trim)
                            .toList();
        }

        /** Names in lower case; one that is not well formed would never match anything. */
        Set<String> each(String key, Predicate<String> isWellFormed, String what) {
            Set<String> values = new LinkedHashSet<>();
            for (String value : list(key)) {
                String name = value.toLowerCase(Locale.ROOT);
                if (!isWellFormed.test(name)) {
                    throw isNot(key, value, what);
                }
                values.add(name);
            }
            return values;
        }

        @Nullable
        String resource() {
            String value = single(DEFAULT_RESOURCE);
            if (value != null && ResourceUrl.parse(value).isEmpty()) {
                throw isNot(DEFAULT_RESOURCE, value, "an absolute http or https URL without fragment");
            }
            return value;
        }

        private static UnreadableSettingException isNot(String key, String value, String what) {
            return new UnreadableSettingException(key, " is " + value + "; it is " + what);
        }

        boolean flag(String key, boolean otherwise) {
            String value = single(key);
            if (value == null) {
                return otherwise;
            }
            return oneOf(key, "false", "true", "false").equals("true");
        }

        Catalogue catalogue() {
            return read(CATALOGUE, Catalogues::with);
        }

        List<FixedToken> fixedTokens() {
            return read(
                    FIXED_TOKENS,
                    entries -> entries.stream().map(FixedToken::parse).toList());
        }

        private <T> T read(String key, Function<List<String>, T> reader) {
            try {
                return reader.apply(list(key));
            } catch (IllegalArgumentException invalid) {
                throw new UnreadableSettingException(key, ": " + invalid.getMessage());
            }
        }

        String oneOf(String key, String otherwise, String... allowed) {
            String value = single(key);
            if (value == null) {
                return otherwise;
            }
            if (!List.of(allowed).contains(value)) {
                throw notOneOf(key, value, List.of(allowed));
            }
            return value;
        }

        private static UnreadableSettingException notOneOf(String key, String value, List<String> allowed) {
            return isNot(key, value, "one of " + String.join(", ", allowed));
        }

        int number(String key, int otherwise, int max) {
            return number(key, otherwise, 1, max);
        }

        int number(String key, int otherwise, int min, int max) {
            String value = single(key);
            if (value == null) {
                return otherwise;
            }
            try {
                int number = Integer.parseInt(value);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Said below, with the value.
            }
            throw isNot(key, value, "a whole number from " + min + " to " + max);
        }
    }
}
