package dev.mcpclients.keycloak.redirects;

import dev.mcpclients.keycloak.approval.Destination;
import dev.mcpclients.keycloak.approval.Identity;
import dev.mcpclients.keycloak.approval.Introduction;
import dev.mcpclients.keycloak.approval.PageHeaders;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.OAuthErrorException;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.util.CacheControlUtil;
import org.keycloak.util.JsonSerialization;

/** The page in place of a redirect: which app, to which host, and a link that tells the app what went wrong. */
final class ErrorScreen {

    private final KeycloakSession session;
    private final ClientModel client;
    private final LoginFormsProvider form;

    ErrorScreen(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
        this.form = session.getProvider(LoginFormsProvider.class);
    }

    /**
     * What the page shows, as finished strings.
     *
     * @param problem in a sentence
     * @param error the OAuth error, for those who make the app
     * @param link tells the app
     * @param languages addresses of this page in other languages, by their tags
     */
    record Bean(Identity identity, String problem, String error, String link, Map<String, String> languages) {}

    /** Status 400 and no Location: nothing leads away from here but the visitor's own click. */
    Response of(ClientError error) {
        CacheControlUtil.noBackButtonCacheControlHeader(session);
        Languages languages = new Languages(session);
        languages.choose(error.locales());
        Identity identity = Introduction.of(
                client,
                Destination.of(error.redirectUri()),
                RegistrationSettings.of(session.getContext().getRealm(), client).catalogue(),
                form);
        Bean bean = new Bean(
                identity,
                form.getMessage(problem(error.error())),
                DisplayText.name(error.error()),
                error.link(session, client),
                languages.addresses());
        // The page belongs to no login: one that has just begun has no protocol yet, which the form would ask for.
        return PageHeaders.unframed(
                session,
                form.setAuthenticationSession(null)
                        .setAttribute("decision", JsonSerialization.mapper.convertValue(bean, Map.class))
                        .setStatus(Response.Status.BAD_REQUEST)
                        .createForm("mcp-error.ftl"));
    }

    private static String problem(String error) {
        return switch (error) {
            case OAuthErrorException.LOGIN_REQUIRED, OAuthErrorException.INTERACTION_REQUIRED -> "mcpProblemSilent";
            case OAuthErrorException.TEMPORARILY_UNAVAILABLE -> "mcpProblemOver";
            default -> "mcpProblemRequest";
        };
    }
}
