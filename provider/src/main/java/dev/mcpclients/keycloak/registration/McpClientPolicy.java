package dev.mcpclients.keycloak.registration;

import dev.mcpclients.keycloak.metadata.Refusal;
import dev.mcpclients.keycloak.metadata.RefusalRule;
import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.metadata.RegistrationRules;
import dev.mcpclients.keycloak.metadata.Verdict;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;
import org.keycloak.urls.UrlType;

/**
 * Guards the doors that Keycloak brings along ({@code openid-connect}, {@code default}, {@code saml2-entity-descriptor}): no
 * anonymous registration, and authenticated registrations and all updates held to the rules of our own endpoint, which does
 * these steps itself.
 */
final class McpClientPolicy implements ClientRegistrationPolicy {

    private final KeycloakSession session;
    private final RegistrationAuth door;

    McpClientPolicy(KeycloakSession session, RegistrationAuth door) {
        this.session = session;
        this.door = door;
    }

    @Override
    public void beforeRegister(ClientRegistrationContext context) {
        if (isOurs(context.getProvider())) {
            return;
        }
        if (door == RegistrationAuth.ANONYMOUS) {
            throw refused(context.getProvider(), new Refusal(RefusalRule.OTHER_DOOR, "", ourEndpoint()));
        }
        hold(context);
    }

    @Override
    public void afterRegister(ClientRegistrationContext context, ClientModel client) {
        if (!isOurs(context.getProvider())) {
            settle(context, client);
        }
    }

    @Override
    public void beforeUpdate(ClientRegistrationContext context, ClientModel client) {
        if (isOurs(context.getProvider())) {
            return;
        }
        if (client.getAttribute(ClientAttributes.SHARED) != null) {
            throw refused(context.getProvider(), Refusal.of(RefusalRule.SHARED_CLIENT));
        }
        hold(context);
    }

    @Override
    public void afterUpdate(ClientRegistrationContext context, ClientModel client) {
        if (!isOurs(context.getProvider())) {
            settle(context, client);
        }
    }

    @Override
    public void beforeView(ClientRegistrationProvider provider, ClientModel client) {
        // Whoever may see a client at this door sees it.
    }

    @Override
    public void beforeDelete(ClientRegistrationProvider provider, ClientModel client) {
        if (!isOurs(provider) && client.getAttribute(ClientAttributes.SHARED) != null) {
            throw refused(provider, Refusal.of(RefusalRule.SHARED_CLIENT));
        }
    }

    /** Judges the client and cuts its representation down before Keycloak stores it. */
    private void hold(ClientRegistrationContext context) {
        StockRegistration stock = new StockRegistration(context.getClient());
        if (!stock.isOpenIdConnect()) {
            throw refused(
                    context.getProvider(),
                    new Refusal(
                            RefusalRule.PROTOCOL,
                            "protocol",
                            String.valueOf(context.getClient().getProtocol())));
        }
        Registration registration = judged(context, stock);
        stock.cutDownTo(
                registration, OfferedScopes.of(session, session.getContext().getRealm()));
        session.setAttribute(Registration.class.getName(), registration);
    }

    private Registration judged(ClientRegistrationContext context, StockRegistration stock) {
        RegistrationSettings settings =
                RegistrationSettings.at(session.getContext().getRealm(), door);
        Verdict verdict = new RegistrationRules(settings.rules(), settings.catalogue()).judge(stock.metadata());
        if (verdict instanceof Verdict.Refused refused) {
            throw refused(context.getProvider(), refused.refusal());
        }
        return ((Verdict.Accepted) verdict).registration();
    }

    /** Links the stored client to its software, and makes sure of it once more: policies run in no fixed order. */
    private void settle(ClientRegistrationContext context, ClientModel client) {
        Registration registration = session.getAttribute(Registration.class.getName(), Registration.class);
        if (registration == null) {
            throw refused(context.getProvider(), Refusal.of(RefusalRule.POLICY));
        }
        RealmModel realm = session.getContext().getRealm();
        new ClientTemplate(session, realm, OfferedScopes.NONE).apply(client, registration);
        client.getProtocolMappersStream().toList().forEach(client::removeProtocolMapper);
        client.setWebOrigins(Set.of());
        RefusalRule rule =
                new OwnSoftware(session, realm).move(client, registration, RegistrationSettings.at(realm, door));
        if (rule != null) {
            throw refused(context.getProvider(), Refusal.of(rule));
        }
    }

    private ErrorResponseException refused(ClientRegistrationProvider provider, Refusal refusal) {
        return new ErrorResponseException(new RegistrationErrors(session, provider.getEvent()).refuse(refusal));
    }

    private static boolean isOurs(@Nullable ClientRegistrationProvider provider) {
        return provider instanceof McpRegistrationProvider;
    }

    private String ourEndpoint() {
        return McpRegistrationProviderFactory.endpoint(
                session, session.getContext().getRealm(), UrlType.FRONTEND);
    }
}
