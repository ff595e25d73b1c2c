package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.Refusal;
import dev.mcpclients.keycloak.metadata.RefusalRule;
import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.metadata.Repair;
import dev.mcpclients.keycloak.registry.Software;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of a registration request. */
sealed interface Outcome {

    /**
     * The client is registered.
     *
     * @param secret of a confidential client
     * @param isNew false where another registrant of the same software got this client before
     * @param registrationAccessToken of an own client (RFC 7592), null for a shared one
     * @param offered scope names this client may ask for
     */
    record Registered(
            String clientId,
            @Nullable String secret,
            Software software,
            Registration registration,
            List<Repair> repairs,
            Set<String> offered,
            boolean isNew,
            @Nullable String registrationAccessToken)
            implements Outcome {}

    /** The request is refused; nothing of it is kept. */
    record Refused(Refusal refusal) implements Outcome {

        static Refused of(RefusalRule rule) {
            return new Refused(Refusal.of(rule));
        }
    }
}
