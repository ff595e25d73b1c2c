package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.approval.Identity.Permissions;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.resource.McpServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.rar.AuthorizationDetails;
import org.keycloak.util.TokenUtil;

/**
 * What software asks for, in plain words and sorted by what a person weighs: what it may do at the MCP server, what it learns about
 * him, and for how long.
 */
final class AskedPermissions {

    /** Scopes that Keycloak makes in every realm, in the order in which they matter to a person. */
    private static final List<String> ABOUT_THE_USER =
            List.of("profile", "email", "phone", "address", "organization", "roles");

    private final LoginFormsProvider form;
    private final List<String> atServer = new ArrayList<>();
    private final List<String> aboutUser = new ArrayList<>();
    private final List<String> lasting = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    private AskedPermissions(LoginFormsProvider form) {
        this.form = form;
    }

    /** What Keycloak would ask consent for, every scope of the MCP server itself, and that the user is recognised. */
    static List<Permissions> of(GateRequest request, LoginFormsProvider form) {
        AskedPermissions asked = new AskedPermissions(form);
        if (TokenUtil.isOIDCRequest(request.authorization().scope())) {
            asked.aboutUser.add(form.getMessage("mcpScope.openid"));
        }
        request.scopes().stream()
                .sorted(Comparator.comparing(details ->
                        ABOUT_THE_USER.indexOf(details.getClientScope().getName())))
                .forEach(details -> asked.add(details, request.server()));
        return asked.groups(request.server());
    }

    private void add(AuthorizationDetails details, Optional<McpServer> server) {
        ClientScopeModel scope = details.getClientScope();
        if (scope instanceof ClientModel) {
            return;
        }
        boolean ofServer =
                server.map(known -> known.scopeIds().contains(scope.getId())).orElse(false);
        if (scope.getName().equals(OAuth2Constants.OFFLINE_ACCESS)) {
            lasting.add(form.getMessage("mcpOfflineAccess"));
        } else if (ofServer) {
            atServer.add(text(scope, details.getParameterizedScopeParam()));
        } else if (scope.isDisplayOnConsentScreen()) {
            (ABOUT_THE_USER.contains(scope.getName()) ? aboutUser : others)
                    .add(text(scope, details.getParameterizedScopeParam()));
        }
    }

    private List<Permissions> groups(Optional<McpServer> server) {
        List<Permissions> groups = new ArrayList<>();
        BiConsumer<String, List<String>> add = (title, sentences) -> {
            if (!sentences.isEmpty()) {
                groups.add(new Permissions(title, sentences));
            }
        };
        add.accept(
                server.map(known -> form.getMessage("mcpAtServer", DisplayText.name(known.name())))
                        .orElse(""),
                atServer);
        add.accept(form.getMessage("mcpAboutYou"), aboutUser);
        add.accept(form.getMessage("mcpLastingAccess"), lasting);
        add.accept(form.getMessage("mcpOtherPermissions"), others);
        return groups;
    }

    /** The consent text that a scope is born with is a title for admins; where an admin wrote another, that one is shown. */
    private String text(ClientScopeModel scope, @Nullable String parameter) {
        String name = scope.getName();
        String text = scope.getConsentScreenText();
        if (ABOUT_THE_USER.contains(name) && (text.equals(name) || text.equals("${" + name + "ScopeConsentText}"))) {
            return form.getMessage("mcpScope." + name);
        }
        String shown = text.startsWith("${") && text.endsWith("}")
                ? form.getMessage(text.substring(2, text.length() - 1))
                : text;
        if (parameter == null) {
            return shown;
        }
        String value = DisplayText.name(parameter);
        return shown.contains("{0}") ? shown.replace("{0}", value) : shown + ": " + value;
    }
}
