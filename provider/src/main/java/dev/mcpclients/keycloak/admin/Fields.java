package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Members of a row of an import; what is not as it should be ends the reading of that row. */
record Fields(JsonNode row) {

    /** Clocks of two servers may differ by that much. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    Fields {
        if (!row.isObject()) {
            throw new RowRefusedException("not an object");
        }
    }

    boolean has(String member) {
        return row.hasNonNull(member);
    }

    String text(String member, int longest) {
        JsonNode value = row.path(member);
        if (!value.isTextual()
                || value.asText().isBlank()
                || value.asText().length() > longest
                || value.asText().indexOf('\0') >= 0) {
            throw new RowRefusedException(member + " is a text of 1 to " + longest + " characters");
        }
        return value.asText();
    }

    @Nullable
    String optional(String member, int longest) {
        return has(member) && !row.path(member).asText().isEmpty() ? text(member, longest) : null;
    }

    /** A date from the future would outweigh every decision made here. */
    Instant past(String member, Instant now) {
        try {
            Instant at = Instant.parse(text(member, 40));
            if (at.isAfter(now.plus(CLOCKS)) || at.isBefore(Instant.EPOCH)) {
                throw new RowRefusedException(member + " is not a date of the past: " + at);
            }
            return at;
        } catch (DateTimeParseException e) {
            throw new RowRefusedException(member + " is a moment such as 2030-12-31T12:00:00Z");
        }
    }

    <T> T oneOf(String member, List<T> values, Function<T, String> wire) {
        String text = text(member, 40);
        return values.stream()
                .filter(value -> wire.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new RowRefusedException(
                        member + " is one of " + values.stream().map(wire).toList()));
    }

    String json(String member, Predicate<JsonNode> kind, int longest) {
        JsonNode value = row.path(member);
        String text = value.toString();
        if (!kind.test(value) || text.length() > longest || text.contains("\\u0000")) {
            throw new RowRefusedException(member + " is not what an export writes");
        }
        return text;
    }

    /** Empty where the member is absent. */
    List<JsonNode> list(String member, int most) {
        JsonNode value = row.path(member);
        if (!(value.isArray() || value.isMissingNode()) || value.size() > most) {
            throw new RowRefusedException(member + " is a list of at most " + most);
        }
        List<JsonNode> list = new ArrayList<>();
        value.forEach(list::add);
        return list;
    }
}
