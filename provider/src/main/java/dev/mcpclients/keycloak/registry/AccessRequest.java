package dev.mcpclients.keycloak.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user who waits for a decision about software. */
public record AccessRequest(String userId, @Nullable String reason, Instant askedAt) {}
