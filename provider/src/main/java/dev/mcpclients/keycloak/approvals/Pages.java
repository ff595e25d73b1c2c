package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.PageHeaders;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;
import org.keycloak.util.JsonSerialization;

/** Renders the approvals page in the realm's login theme, under a policy that runs no script at all. */
final class Pages {

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:;"
            + " font-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final @Nullable UserModel user;
    private final LoginFormsProvider form;
    private final Texts texts;

    Pages(KeycloakSession session, @Nullable UserModel user) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
        this.form = session.getProvider(LoginFormsProvider.class).setUser(user);
        this.texts = new Texts(form, session.getContext().resolveLocale(user));
    }

    Texts texts() {
        return texts;
    }

    Response queue(Visitor.Approver visitor, QueueView queue, Response.Status status) {
        return render("mcp-approvals.ftl", visitor, Map.of("queue", model(queue)), status);
    }

    Response software(Visitor.Approver visitor, SoftwareView software, Response.Status status) {
        return render("mcp-approval.ftl", visitor, Map.of("software", model(software)), status);
    }

    /**
     * Says something instead of showing something; discloses nothing about software.
     *
     * @param link where to go on, with its text; null where there is nowhere
     */
    Response message(String title, String text, @Nullable Link link, Response.Status status) {
        Map<String, Object> shown = link == null
                ? Map.of("text", texts.say(text))
                : Map.of("text", texts.say(text), "link", link.to().toString(), "linkText", texts.say(link.text()));
        form.setAttribute("pageTitle", texts.say(title));
        return render("mcp-approvals-message.ftl", null, Map.of("notice", shown), status);
    }

    Response refusal(String text, @Nullable Link link) {
        return message("mcpApprovalsRefusedTitle", text, link, Response.Status.FORBIDDEN);
    }

    /** A way on, named by a message key. */
    record Link(String text, URI to) {}

    /** For somebody who may be allowed more as somebody else. */
    Link signOutLink() {
        return new Link("mcpApprovalsSignOut", signOut());
    }

    private Response render(
            String template, Visitor.@Nullable Approver visitor, Map<String, ?> attributes, Response.Status status) {
        attributes.forEach(form::setAttribute);
        form.setAttribute("signOutUrl", signOut().toString());
        if (user != null) {
            form.setAttribute("visitor", user.getUsername());
        }
        if (visitor != null) {
            form.setAttribute("stateChecker", visitor.checker());
        }
        return secured(form.setStatus(status).createForm(template));
    }

    private Response secured(Response page) {
        return Response.fromResponse(PageHeaders.of(session, page, POLICY))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private URI signOut() {
        return Urls.realmBase(session.getContext().getUri().getBaseUri())
                .path("{realm}/protocol/openid-connect/logout")
                .queryParam("client_id", PageClient.ID)
                .build(realm.getName());
    }

    /** As FreeMarker of Keycloak 26.7 reads it: that version does not see the components of a record. */
    private static Map<?, ?> model(Record view) {
        return JsonSerialization.mapper.convertValue(view, Map.class);
    }
}
