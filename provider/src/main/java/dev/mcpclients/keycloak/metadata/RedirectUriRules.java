package dev.mcpclients.keycloak.metadata;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says which redirect URIs this server allows. */
final class RedirectUriRules {
    /**
     * RFC 8252 section 7.1: apps MUST use a URI scheme based on a domain name under their control, expressed in reverse order. The
     * top-level domain comes first: letters, or an internationalised one.
     */
    private static final Pattern REVERSED_DOMAIN =
            Pattern.compile("([a-z]{2,24}|xn--[a-z0-9-]{1,59})(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

    private final RuleSettings settings;
    private final Catalogue catalogue;

    RedirectUriRules(RuleSettings settings, Catalogue catalogue) {
        this.settings = settings;
        this.catalogue = catalogue;
    }

    RedirectUri.Result judge(String text) {
        RedirectUri.Result parsed = RedirectUri.parse(text);
        if (!(parsed instanceof RedirectUri.Result.Ok ok)) {
            return parsed;
        }
        RefusalRule fault = faultOf(ok.uri());
        return fault == null ? ok : new RedirectUri.Result.Bad(fault);
    }

    private @Nullable RefusalRule faultOf(RedirectUri uri) {
        boolean known = catalogue.byRedirectUri(uri).isPresent();
        if (uri.query() != null && !known) {
            return RefusalRule.REDIRECT_URI_QUERY;
        }
        RefusalRule fault =
                switch (uri.kind()) {
                    case HTTPS -> faultOfHost(uri);
                    case LOOPBACK -> null;
                    case PRIVATE_USE ->
                        known || allowsScheme(uri.scheme()) ? null : RefusalRule.REDIRECT_URI_SCHEME_NOT_ALLOWED;
                };
        if (fault != null) {
            return fault;
        }
        return catalogue.evidenceOf(uri).isBelow(settings.minimumEvidence()) ? RefusalRule.REDIRECT_URI_EVIDENCE : null;
    }

    private @Nullable RefusalRule faultOfHost(RedirectUri uri) {
        if (uri.isIpLiteral() && !settings.ipLiterals()) {
            return RefusalRule.REDIRECT_URI_IP_LITERAL;
        }
        return settings.allowsHost(uri.host()) ? null : RefusalRule.REDIRECT_URI_HOST_NOT_ALLOWED;
    }

    private boolean allowsScheme(String scheme) {
        return settings.allowedSchemes().contains(scheme)
                || (settings.privateUseSchemes()
                        && REVERSED_DOMAIN.matcher(scheme).matches());
    }
}
