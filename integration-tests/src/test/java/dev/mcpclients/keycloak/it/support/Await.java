package dev.mcpclients.keycloak.it.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, never for a time. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** Returns as soon as the condition holds; fails with the description when the deadline passes first. */
    public static void until(String description, Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + deadline.toSeconds() + " s in vain: " + description);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
