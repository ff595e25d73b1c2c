package dev.mcpclients.keycloak.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mcpclients.keycloak.resource.ResourceUrl;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * What an admin asks of {@code setup}; what is absent stays as it is, and a member of another name is refused, so that a misspelt
 * {@code dryRun} changes nothing.
 *
 * @param dryRun whether to answer with the plan alone
 * @param undo whether to take back what earlier calls did
 * @param admission what happens to new software; absent: new policies wait for an approver
 * @param resources MCP servers
 * @param allowedHosts hosts of https redirect URIs
 * @param allowedSchemes private-use schemes of redirect URIs
 * @param approvers usernames that get the role {@code mcp-approver}
 * @param theme login theme
 */
record SetupRequest(
        boolean dryRun,
        boolean undo,
        @Nullable String admission,
        @Nullable List<Resource> resources,
        @Nullable List<String> allowedHosts,
        @Nullable List<String> allowedSchemes,
        @Nullable List<String> approvers,
        @Nullable String theme) {

    private static final int MOST = 100;

    /**
     * An MCP server.
     *
     * @param url what clients know it by; becomes {@code aud}
     * @param name to show to people; absent: its host
     * @param scopes client scopes that clients may ask for there; those that do not exist are made
     */
    record Resource(String url, @Nullable String name, List<String> scopes) {

        /** RFC 6749 section 3.3: scope-token; */
        private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}");

        Resource {
            if (url == null || ResourceUrl.parse(url).isEmpty() || url.length() > 255) {
                throw new SetupRefused(
                        "url of a resource is an absolute http or https URL without fragment, of at most 255 characters, not "
                                + url);
            }
            if (name != null && (name.isBlank() || name.length() > 255)) {
                throw new SetupRefused("name of a resource has 1 to 255 characters");
            }
            scopes = scopes == null ? List.of() : List.copyOf(scopes);
            for (String scope : scopes) {
                if (!SCOPE.matcher(scope).matches()) {
                    throw new SetupRefused("not a scope (RFC 6749 section 3.3): " + scope);
                }
            }
        }

        String displayName() {
            return name == null ? URI.create(url).getAuthority() : name;
        }
    }

    SetupRequest {
        resources = bounded("resources", resources);
        allowedHosts = allowedHosts == null ? null : bounded("allowedHosts", allowedHosts);
        allowedSchemes = allowedSchemes == null ? null : bounded("allowedSchemes", allowedSchemes);
        approvers = bounded("approvers", approvers);
        if (undo
                && !(admission == null
                        && resources.isEmpty()
                        && allowedHosts == null
                        && allowedSchemes == null
                        && approvers.isEmpty()
                        && theme == null)) {
            throw new SetupRefused("undo takes back everything and has no choices but dryRun");
        }
    }

    /**
     * Reads a request; an empty one asks for everything that needs no choice.
     *
     * @throws SetupRefused saying what is wrong
     */
    static SetupRequest parse(String json) {
        if (json.isBlank()) {
            return new SetupRequest(false, false, null, null, null, null, null, null);
        }
        try {
            return JsonSerialization.readValue(json, SetupRequest.class);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof SetupRefused refused) {
                throw refused;
            }
            throw new SetupRefused("not a setup request: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new SetupRefused("not a setup request: " + e.getMessage());
        }
    }

    private static <T> List<T> bounded(String member, @Nullable List<T> list) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > MOST || list.contains(null)) {
            throw new SetupRefused(member + " has at most " + MOST + " entries, none of them null");
        }
        return List.copyOf(list);
    }
}
