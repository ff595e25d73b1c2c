package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approval.Addresses;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.registry.Cursor;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.SoftwareFilter;
import dev.mcpclients.keycloak.registry.SoftwareState;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the queue a visitor wants to see: the query of the page's address. What cannot be read is left out, so that every
 * address shows something.
 *
 * @param state null for all
 * @param after the last software of the page before, null on the first page
 */
record QueueQuery(
        @Nullable SoftwareState state,
        @Nullable Evidence evidence,
        @Nullable Door door,
        @Nullable String search,
        @Nullable Cursor after) {

    static final int PAGE_SIZE = 25;

    private static final String STATE = "state";
    private static final String EVIDENCE = "evidence";
    private static final String DOOR = "door";
    private static final String SEARCH = "search";
    private static final String AFTER = "after";
    private static final String ALL = "all";
    private static final int LONGEST_SEARCH = 100;
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,15})_([0-9a-f-]{36})");

    /** What waits for a decision comes first: a plain address shows it. */
    static QueueQuery of(MultivaluedMap<String, String> query) {
        String state = query.getFirst(STATE);
        return new QueueQuery(
                ALL.equals(state) ? null : SoftwareState.of(state),
                Optional.ofNullable(query.getFirst(EVIDENCE))
                        .flatMap(Evidence::of)
                        .orElse(null),
                Door.of(query.getFirst(DOOR)).orElse(null),
                search(query.getFirst(SEARCH)),
                after(query.getFirst(AFTER)));
    }

    SoftwareFilter filter() {
        return new SoftwareFilter(state, door, evidence, search);
    }

    boolean isNarrowed() {
        return evidence != null || door != null || search != null;
    }

    String stateName() {
        return nameOf(state);
    }

    static String nameOf(@Nullable SoftwareState state) {
        return state == null ? ALL : state.wire();
    }

    QueueQuery after(@Nullable Cursor cursor) {
        return new QueueQuery(state, evidence, door, search, cursor);
    }

    QueueQuery in(@Nullable SoftwareState otherState) {
        return new QueueQuery(otherState, evidence, door, search, null);
    }

    URI address(Addresses addresses) {
        UriBuilder address = UriBuilder.fromUri(addresses.list());
        if (state != SoftwareState.PENDING) {
            address.queryParam(STATE, stateName());
        }
        if (evidence != null) {
            address.queryParam(EVIDENCE, evidence.wire());
        }
        if (door != null) {
            address.queryParam(DOOR, door.wire());
        }
        if (after != null) {
            address.queryParam(AFTER, after.registeredAt().toEpochMilli() + "_" + after.id());
        }
        if (search != null) {
            address.queryParam(SEARCH, "{search}");
            return address.build(search);
        }
        return address.build();
    }

    private static @Nullable String search(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String stripped = text.strip();
        int length = Math.min(LONGEST_SEARCH, stripped.codePointCount(0, stripped.length()));
        return stripped.substring(0, stripped.offsetByCodePoints(0, length));
    }

    private static @Nullable Cursor after(@Nullable String cursor) {
        Matcher matcher = CURSOR.matcher(cursor == null ? "" : cursor);
        return matcher.matches()
                ? new Cursor(Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), matcher.group(2))
                : null;
    }
}
