package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.registry.Action;
import dev.mcpclients.keycloak.registry.Actor;
import dev.mcpclients.keycloak.registry.Decision;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Reads decisions as {@link Export} wrote them, strictly. */
record ImportedDecision(KeycloakSession session, RealmModel realm, Instant now) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_SNAPSHOT = 200_000;

    /**
     * Reads a decision.
     *
     * @throws RowRefusedException saying what is wrong with it
     */
    Decision of(JsonNode row) {
        Fields fields = new Fields(row);
        String fingerprint = fields.text("fingerprint", 64);
        if (!HASH.matcher(fingerprint).matches()) {
            throw new RowRefusedException("fingerprint is none");
        }
        @Nullable String userId = fields.optional("byId", 255);
        return new Decision(
                fields.text("id", 36),
                fields.text("softwareId", 36),
                fingerprint,
                fields.text("name", 255),
                fields.oneOf("action", Arrays.asList(Action.values()), Action::wire),
                fields.oneOf("before", Arrays.asList(SoftwareState.values()), SoftwareState::wire),
                userId == null
                        ? Actor.SERVER
                        : new Actor(fields.text("by", 255), userId, fields.optional("byRealm", 255)),
                fields.past("at", now),
                fields.optional("reason", 1000),
                fields.has("limits") ? limits(row.get("limits")) : Limits.NONE,
                fields.json("snapshot", JsonNode::isObject, MAX_SNAPSHOT));
    }

    /** As they were then, whether or not the realm has what they name. */
    private Limits limits(JsonNode limits) {
        Fields fields = new Fields(limits);
        return new Limits(
                texts(fields, "groups", this::group),
                texts(fields, "resources", UnaryOperator.identity()),
                texts(fields, "scopes", UnaryOperator.identity()),
                fields.has("until") ? instant(fields.text("until", 40)) : null);
    }

    private String group(String path) {
        GroupModel group = path.startsWith("/") ? KeycloakModelUtils.findGroupByPath(session, realm, path) : null;
        return group == null ? path : group.getId();
    }

    private static Set<String> texts(Fields fields, String member, UnaryOperator<String> read) {
        Set<String> texts = new HashSet<>();
        fields.list(member, 50).forEach(text -> texts.add(read.apply(text.asText())));
        return texts;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            throw new RowRefusedException("until is a moment such as 2030-12-31T12:00:00Z");
        }
    }
}
