package dev.mcpclients.keycloak.approval;

import java.util.Map;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/**
 * Tells Keycloak's own consent page, in theme {@code mcp}, who asks. That page comes after the gate, in the same request and from the
 * same forms provider (Keycloak 26.7), where a scope is asked for that the gate could not record: one with consent every time, or
 * one whose consent was taken back in between.
 */
public final class ConsentPage {

    private static final String ATTRIBUTE = "mcpConsent";

    private final Introduction introduction;

    private ConsentPage(Introduction introduction) {
        this.introduction = introduction;
    }

    static void introduce(KeycloakSession session, GateRequest request) {
        LoginFormsProvider form = session.getProvider(LoginFormsProvider.class);
        form.setAttribute(ATTRIBUTE, new ConsentPage(new Introduction(request, form)));
    }

    /** Put together only where the page is shown. */
    public Map<?, ?> getIdentity() {
        return JsonSerialization.mapper.convertValue(introduction.whole(), Map.class);
    }
}
