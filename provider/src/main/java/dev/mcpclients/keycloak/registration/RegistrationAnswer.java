package dev.mcpclients.keycloak.registration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.metadata.AuthMethod;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import dev.mcpclients.keycloak.metadata.Registration;
import dev.mcpclients.keycloak.metadata.Repair;
import dev.mcpclients.keycloak.metadata.RepairRule;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;

/** The client information response (RFC 7591 section 3.2.1): what was registered, in the words the caller used. */
final class RegistrationAnswer {

    /** Extension member: what was changed, one sentence each. */
    static final String REPAIRS = "mcp_repairs";

    static ObjectNode of(Outcome.Registered registered, URI clientConfiguration) {
        Registration registration = registered.registration();
        ObjectNode answer = registration.claims().toJson();
        answer.put("client_id", registered.clientId());
        answer.put("client_id_issued_at", registered.software().registeredAt().getEpochSecond());
        boolean hasSecret = registration.authMethod() == AuthMethod.CLIENT_SECRET_BASIC
                || registration.authMethod() == AuthMethod.CLIENT_SECRET_POST;
        if (hasSecret) {
            answer.put("client_secret", registered.secret());
            answer.put("client_secret_expires_at", 0);
        }
        if (!answer.has("client_name")) {
            answer.put("client_name", registration.name());
        }
        ArrayNode redirectUris = answer.putArray("redirect_uris");
        registration.redirectUris().stream().map(RedirectUri::asSent).forEach(redirectUris::add);
        registration.grantTypes().forEach(answer.putArray("grant_types")::add);
        registration.responseTypes().forEach(answer.putArray("response_types")::add);
        answer.put("token_endpoint_auth_method", registration.authMethod().wire());
        if (registration.jwksUri() != null) {
            answer.put("jwks_uri", registration.jwksUri());
        }
        if (registration.jwks() != null) {
            answer.set("jwks", registration.jwks());
        }
        registration.ownMembers().forEach(answer::put);
        List<Repair> repairs = new ArrayList<>(registered.repairs());
        answer.put("scope", scope(registration, registered.offered(), repairs));
        if (registered.registrationAccessToken() != null) {
            answer.put("registration_access_token", registered.registrationAccessToken());
            answer.put("registration_client_uri", clientConfiguration.toString());
        }
        answer.put("mcp_state", registered.software().state().wire());
        if (!repairs.isEmpty()) {
            repairs.stream().map(Repair::text).forEach(answer.putArray(REPAIRS)::add);
        }
        return answer;
    }

    /**
     * The scopes the client asked for and may get. Without a wish, all but offline access: clients take what is listed here for
     * what they should ask users for.
     */
    private static String scope(Registration registration, Set<String> offered, List<Repair> repairs) {
        if (registration.scope() == null) {
            return offered.stream()
                    .filter(name -> !name.equals(OAuth2Constants.OFFLINE_ACCESS))
                    .collect(Collectors.joining(" "));
        }
        Set<String> asked =
                new LinkedHashSet<>(List.of(registration.scope().trim().split("\\s+")));
        asked.stream()
                .filter(name -> !name.isEmpty() && !offered.contains(name))
                .forEach(name -> repairs.add(new Repair("scope", name, RepairRule.SCOPE_NOT_OFFERED)));
        asked.retainAll(offered);
        return String.join(" ", asked);
    }

    private RegistrationAnswer() {}
}
