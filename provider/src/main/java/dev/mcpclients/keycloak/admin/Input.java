package dev.mcpclients.keycloak.admin;

import dev.mcpclients.keycloak.approval.LimitsRequest;
import dev.mcpclients.keycloak.catalogue.Evidence;
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

    static void page(int first, int max, int most) {
        if (first < 0 || first > MAX_FIRST || max < 1 || max > most) {
            throw wrong("first is 0 to %d, max is 1 to %d".formatted(MAX_FIRST, most));
        }
    }

    static @Nullable String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            return null;
        }
        if (reason.length() > SoftwareRegistry.MAX_REASON) {
            throw wrong("reason is longer than " + SoftwareRegistry.MAX_REASON + " characters");
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
        if (ids == null
                || ids.isEmpty()
                || ids.size() > MAX_BULK
                || ids.stream().anyMatch(Input::isNoId)) {
            throw wrong("ids are 1 to %d ids of software".formatted(MAX_BULK));
        }
        return new LinkedHashSet<>(ids);
    }

    static BadRequestException wrong(String message) {
        return new BadRequestException(Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of("errorMessage", message))
                .build());
    }

    private static boolean isNoId(@Nullable String id) {
        return id == null || id.isBlank() || id.length() > 36;
    }

    private static <T> @Nullable T oneOf(
            String parameter, @Nullable String value, List<T> allowed, Function<T, String> wire) {
        if (value == null) {
            return null;
        }
        Optional<T> found =
                allowed.stream().filter(each -> wire.apply(each).equals(value)).findFirst();
        return found.orElseThrow(() -> wrong("%s is one of %s"
                .formatted(parameter, allowed.stream().map(wire).toList())));
    }

    private Input() {}
}
