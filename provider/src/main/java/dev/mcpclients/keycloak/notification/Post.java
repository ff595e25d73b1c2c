package dev.mcpclients.keycloak.notification;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Sends mails through the realm's settings, each in the language of its receiver. */
final class Post {

    private static final Logger LOG = Logger.getLogger(Post.class);

    private final KeycloakSessionFactory factory;
    private final String realmId;

    Post(KeycloakSessionFactory factory, String realmId) {
        this.factory = factory;
        this.realmId = realmId;
    }

    /** To each of these users who has an address; one who cannot be reached keeps nobody else from being told. */
    void send(Mail mail, List<String> userIds) {
        userIds.forEach(userId -> KeycloakModelUtils.runJobInTransaction(factory, s -> send(s, mail, userId)));
    }

    private void send(KeycloakSession session, Mail mail, String userId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null
                || !user.isEnabled()
                || user.getEmail() == null
                || user.getEmail().isBlank()) {
            return;
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("mail", mail.content());
        attributes.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, "true");
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(user)
                    .send(mail.subject(), List.copyOf(mail.subjectArguments()), mail.template(), attributes);
        } catch (EmailException e) {
            LOG.warnf(e, "Mail %s of realm %s could not be sent to user %s", mail.template(), realm.getName(), userId);
        }
    }
}
