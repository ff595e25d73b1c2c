package dev.mcpclients.keycloak.admin;

import dev.mcpclients.keycloak.approval.LimitsRequest;
import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.Limits;
import dev.mcpclients.keycloak.registry.SoftwareFilter;
import dev.mcpclients.keycloak.registry.SoftwareRegistry;
import dev.mcpclients.keycloak.registry.SoftwareState;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads what callers of admin REST send; whatever is wrong is answered with 400 and a sentence that says what is right. */
final class Input {

    static final int MAX_PAGE = 200;
    static final int MAX_BULK = 200;

    /** Skipping rows costs reading them; whoever needs more asks with {@code after}. */
    static final int MAX_FIRST = 10_000;

    static SoftwareFilter filter(
            @Nullable String state, @Nullable String door, @Nullable String evidence, @Nullable String search) {
        return new SoftwareFilter(
                oneOf("state", state, Arrays.asList(SoftwareState.values()), SoftwareState::wire),
                oneOf("door", door, Arrays.asList(Door.values()), Door::wire),
                oneOf("evidence", evidence, Arrays.asList(Evidence.values()), Evidence::wire),
                search == null || search.isBlank() ? null : search.trim());
    }

    /** How many rows to skip. */
    static int first(@Nullable String first) {
        return number("first", first, 0, 0, MAX_FIRST);
    }

    /** How many rows to show. */
    static int max(@Nullable String max, int otherwise, int most) {
        return number("max", max, otherwise, 1, most);
    }

    private static int number(String parameter, @Nullable String value, int otherwise, int least, int most) {
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, with the value.
        }
        throw wrong(parameter, value, "a number from %d to %d".formatted(least, most));
    }

    static @Nullable String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            return null;
        }
        if (reason.length() > SoftwareRegistry.MAX_REASON) {
            throw wrong("reason has %d characters; it has at most %d"
                    .formatted(reason.length(), SoftwareRegistry.MAX_REASON));
        }
        if (!SoftwareRegistry.isStorable(reason)) {
            throw wrong("reason has a zero character");
        }
        return reason.trim();
    }

    static Limits limits(KeycloakSession session, RealmModel realm, @Nullable LimitsRequest limits) {
        if (limits == null) {
            return Limits.NONE;
        }
        LimitsRequest.Result read = limits.read(session, realm);
        if (read instanceof LimitsRequest.Result.Invalid invalid) {
            throw wrong(invalid.message());
        }
        return ((LimitsRequest.Result.Valid) read).limits();
    }

    static void noLimits(@Nullable LimitsRequest limits) {
        if (limits != null && !limits.isEmpty()) {
            throw wrong("limits belong to an approval");
        }
    }

    /** Each once, in the order they were asked about. */
    static Collection<String> ids(@Nullable List<String> ids) {
        if (ids == null || ids.isEmpty() || ids.size() > MAX_BULK) {
            throw wrong(
                    "ids",
                    (ids == null ? 0 : ids.size()) + " long",
                    "a list of 1 to %d ids of software".formatted(MAX_BULK));
        }
        ids.stream().filter(Input::isNoId).findFirst().ifPresent(id -> {
            throw wrong("ids", "a list with " + id, "a list of ids of software");
        });
        return new LinkedHashSet<>(ids);
    }

    /** Names what is wrong, its value and what is right. */
    static BadRequestException wrong(String name, String value, String right) {
        return wrong("%s is %s; it is %s".formatted(name, DisplayText.line(value), right));
    }

    static BadRequestException wrong(String message) {
        return new BadRequestException(Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of("errorMessage", message))
                .build());
    }

    private static boolean isNoId(@Nullable String id) {
        return id == null || id.isBlank() || id.length() > 36 || !SoftwareRegistry.isStorable(id);
    }

    private static <T> @Nullable T oneOf(
            String parameter, @Nullable String value, List<T> allowed, Function<T, String> wire) {
        if (value == null) {
            return null;
        }
        Optional<T> found =
                allowed.stream().filter(each -> wire.apply(each).equals(value)).findFirst();
        return found.orElseThrow(() ->
                wrong(parameter, value, "one of " + allowed.stream().map(wire).collect(Collectors.joining(", "))));
    }

    private Input() {}
}
