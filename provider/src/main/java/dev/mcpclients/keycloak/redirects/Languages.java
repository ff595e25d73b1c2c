package dev.mcpclients.keycloak.redirects;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.util.LocaleUtil;

/**
 * The language of a page that belongs to no login. Keycloak 26.7 keeps what a user chose and what a client asked for with the login, so
 * that without one only the cookie and the browser would count; and it builds the addresses for another language without the request.
 */
final class Languages {

    private final KeycloakSession session;
    private final RealmModel realm;

    Languages(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** In the order that holds for a login: what the user chose on the page, his profile, what the client asks for. */
    void choose(@Nullable String wanted) {
        LocaleUtil.processLocaleParam(session, realm, null);
        if (session.getAttribute(LocaleSelectorProvider.USER_REQUEST_LOCALE) == null) {
            Stream.concat(profile(), wanted == null ? Stream.empty() : Stream.of(wanted.split(" ", -1)))
                    .filter(this::isSpoken)
                    .findFirst()
                    .ifPresent(locale -> session.setAttribute(LocaleSelectorProvider.USER_REQUEST_LOCALE, locale));
        }
    }

    /** The same page in each language of the realm, by its tag; none where the request was posted. */
    Map<String, String> addresses() {
        if (!HttpMethod.GET.equals(session.getContext().getHttpRequest().getHttpMethod())) {
            return Map.of();
        }
        return realm.getSupportedLocalesStream()
                .collect(Collectors.toMap(Function.identity(), this::address, (one, same) -> one));
    }

    private String address(String locale) {
        return UriBuilder.fromUri(session.getContext().getUri().getRequestUri())
                .replaceQueryParam(LocaleSelectorProvider.KC_LOCALE_PARAM, locale)
                .build()
                .toString();
    }

    private Stream<String> profile() {
        @Nullable AuthResult visitor = AuthenticationManager.authenticateIdentityCookie(session, realm, true);
        return visitor == null
                ? Stream.empty()
                : Stream.ofNullable(visitor.user().getFirstAttribute(UserModel.LOCALE));
    }

    /** As Keycloak compares them: the country counts where both name one. */
    private boolean isSpoken(String locale) {
        Locale wanted = Locale.forLanguageTag(locale);
        return !wanted.getLanguage().isEmpty()
                && realm.getSupportedLocalesStream()
                        .map(Locale::forLanguageTag)
                        .filter(spoken -> spoken.getLanguage().equals(wanted.getLanguage()))
                        .map(Locale::getCountry)
                        .anyMatch(country -> country.isEmpty()
                                || wanted.getCountry().isEmpty()
                                || country.equals(wanted.getCountry()));
    }
}
