package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.registry.Outbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.util.JsonSerialization;

/**
 * Sends mails through the realm's settings, each in the language of its receiver. What the mail server does not take is kept and tried
 * again, less and less often, for a day; what cannot reach its receiver leaves an event.
 */
final class Post {

    private static final Logger LOG = Logger.getLogger(Post.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration GIVE_UP = Duration.ofDays(1);

    private final KeycloakSessionFactory factory;
    private final String realmId;

    Post(KeycloakSessionFactory factory, String realmId) {
        this.factory = factory;
        this.realmId = realmId;
    }

    /** How it went. */
    private enum Sent {
        SENT,
        /** There is nobody to send it to any more, or no address. */
        NOWHERE,
        FAILED
    }

    /** To each of these users; one who cannot be reached keeps nobody else from being told. */
    void send(Mail mail, List<String> userIds) {
        userIds.forEach(userId -> KeycloakModelUtils.runJobInTransaction(factory, s -> {
            if (send(s, mail, userId) == Sent.FAILED) {
                keep(s, mail, userId);
            }
        }));
    }

    /** Once more, by one node. */
    static void retry(KeycloakSessionFactory factory, Outbox.Unsent unsent) {
        Instant now = now();
        boolean taken = KeycloakModelUtils.runJobInTransactionWithResult(
                factory, s -> new Outbox(s).take(unsent, now.plus(wait(unsent.tries()))));
        if (!taken) {
            return;
        }
        KeycloakModelUtils.runJobInTransaction(factory, s -> {
            Sent sent = new Post(factory, unsent.realmId()).send(s, read(unsent.content()), unsent.userId());
            boolean late = now.isAfter(unsent.since().plus(GIVE_UP));
            if (sent != Sent.FAILED || late) {
                new Outbox(s).done(unsent);
            }
            if (sent == Sent.FAILED && late) {
                LOG.warnf("Mail to user %s is given up after %d tries", unsent.userId(), unsent.tries() + 1);
            }
        });
    }

    private static Duration wait(int tries) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(tries, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private void keep(KeycloakSession session, Mail mail, String userId) {
        RealmModel realm = session.getContext().getRealm();
        Instant now = now();
        if (!new Outbox(session).keep(realm, userId, write(mail), now, now.plus(FIRST_WAIT))) {
            LOG.warnf(
                    "Realm %s has too many mails that its mail server does not take: one is given up", realm.getName());
        }
    }

    private Sent send(KeycloakSession session, Mail mail, String userId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return Sent.NOWHERE;
        }
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null || !user.isEnabled()) {
            return Sent.NOWHERE;
        }
        if (user.getEmail() == null || user.getEmail().isBlank()) {
            failure(session, realm, user, mail, "no address", Errors.INVALID_EMAIL);
            return Sent.NOWHERE;
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("mail", mail.content());
        attributes.put("realmName", nameOf(realm));
        attributes.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, "true");
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(user)
                    .send(mail.subject(), List.copyOf(mail.subjectArguments()), mail.template(), attributes);
            return Sent.SENT;
        } catch (EmailException e) {
            LOG.warnf(
                    e,
                    "Mail %s of realm %s could not be sent to user %s; it is tried again",
                    mail.kind(),
                    realm.getName(),
                    userId);
            failure(session, realm, user, mail, "the mail server did not take it", Errors.EMAIL_SEND_FAILED);
            return Sent.FAILED;
        }
    }

    /** As people know it, who may have accounts in several. */
    private static String nameOf(RealmModel realm) {
        String shown = realm.getDisplayName();
        return shown == null || shown.isBlank() ? realm.getName() : shown;
    }

    private static void failure(
            KeycloakSession session, RealmModel realm, UserModel user, Mail mail, String reason, String error) {
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.CLIENT_UPDATE)
                .user(user)
                .detail("mcp_mail", mail.kind())
                .detail("reason", reason);
        if (mail.software() != null) {
            event.detail("mcp_software", mail.software());
        }
        event.error(error);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    private static String write(Mail mail) {
        try {
            return JsonSerialization.writeValueAsString(mail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mail read(String content) {
        try {
            return JsonSerialization.readValue(content, Mail.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
