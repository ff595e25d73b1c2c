package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.Addresses;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.Deciders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Who is at the approvals page: a user with a session of Keycloak's own identity cookie who signed in to this page's client, so
 * that the realm's rules for that client hold. The code of that sign-in is never redeemed.
 */
final class SignIn {

    /** Claim of the identity cookie that forms send back, as Keycloak's own pages do. */
    private static final String STATE_CHECKER = "state_checker";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final PageClient client;

    SignIn(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.client = new PageClient(session);
    }

    Visitor visitor() {
        AuthenticationManager.@Nullable AuthResult auth =
                AuthenticationManager.authenticateIdentityCookie(session, realm, true);
        ClientModel ours = client.find().orElse(null);
        if (auth == null
                || ours == null
                || auth.session().getAuthenticatedClientSessionByClient(ours.getId()) == null) {
            return new Visitor.Unknown();
        }
        UserModel user = auth.user();
        @Nullable String checker = session.getAttribute(STATE_CHECKER, String.class);
        // Read from the user at every request: a role taken away counts at once.
        return checker != null && Deciders.mayDecide(realm, user)
                ? new Visitor.Approver(user, auth.session(), auth.token(), ours, checker)
                : new Visitor.Stranger(user);
    }

    /**
     * Sends the browser to the realm's login.
     *
     * @param software id of the software to come back to, null for the list
     */
    Response redirect(@Nullable String software) {
        client.ensure();
        URI login = UriBuilder.fromUri(
                        OIDCLoginProtocolService.authUrl(session.getContext().getUri())
                                .build(realm.getName()))
                .queryParam(OAuth2Constants.CLIENT_ID, PageClient.ID)
                .queryParam(
                        OAuth2Constants.REDIRECT_URI,
                        Addresses.of(session).list().toString())
                .queryParam(OAuth2Constants.RESPONSE_TYPE, OAuth2Constants.CODE)
                .queryParam(OAuth2Constants.SCOPE, OAuth2Constants.SCOPE_OPENID)
                .queryParam(OAuth2Constants.STATE, software == null ? "list" : software)
                .queryParam(OAuth2Constants.CODE_CHALLENGE_METHOD, OAuth2Constants.PKCE_METHOD_S256)
                // No verifier belongs to it: the code is worth nothing to anybody.
                .queryParam(
                        OAuth2Constants.CODE_CHALLENGE,
                        Base64Url.encode(SecretGenerator.getInstance().randomBytes(32)))
                .build();
        return Response.seeOther(login).build();
    }

    /** Whether this realm's page can be signed in to at all: not where a registered client has taken its id, or an admin has switched it off. */
    boolean isPossible() {
        return client.find()
                .map(found -> found.isEnabled() && !ClientAttributes.isMcpClient(found))
                .orElse(true);
    }
}
