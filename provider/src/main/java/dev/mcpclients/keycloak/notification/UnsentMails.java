package dev.mcpclients.keycloak.notification;

import dev.mcpclients.keycloak.registry.Outbox;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Tries again what the mail server did not take. */
public final class UnsentMails {

    private static final Logger LOG = Logger.getLogger(UnsentMails.class);
    private static final int BATCH = 100;

    public static void retry(KeycloakSession session, Instant now) {
        for (Outbox.Unsent unsent : new Outbox(session).due(now, BATCH)) {
            try {
                Post.retry(session.getKeycloakSessionFactory(), unsent);
            } catch (RuntimeException e) {
                LOG.warnf(e, "A mail to user %s could not be tried again", unsent.userId());
            }
        }
    }

    private UnsentMails() {}
}
