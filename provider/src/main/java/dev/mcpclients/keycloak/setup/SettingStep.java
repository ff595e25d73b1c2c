package dev.mcpclients.keycloak.setup;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/** Gives one setting of the realm a value; taken back only while it still has that value. */
final class SettingStep implements Step {

    private final String id;
    private final String what;
    private final String wanted;
    private final Supplier<@Nullable String> current;
    private final Consumer<@Nullable String> set;
    private final Memory<Change> memory;

    /** The value found and the value left, both null where there is none. */
    record Change(@Nullable String before, String after) {}

    SettingStep(
            RealmModel realm,
            String id,
            String what,
            String wanted,
            Supplier<@Nullable String> current,
            Consumer<@Nullable String> set) {
        this.id = id;
        this.what = what;
        this.wanted = wanted;
        this.current = current;
        this.set = set;
        this.memory = new Memory<>(realm, id, Change.class);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public boolean isDone() {
        return wanted.equals(current.get());
    }

    @Override
    public void apply() {
        Optional<Change> earlier = memory.read();
        memory.write(new Change(earlier.isPresent() ? earlier.get().before() : current.get(), wanted));
        set.accept(wanted);
    }

    @Override
    public boolean isUndoable() {
        return memory.read().isPresent();
    }

    @Override
    public void undo() {
        memory.read()
                .filter(change -> change.after().equals(current.get()))
                .ifPresent(change -> set.accept(change.before()));
        memory.forget();
    }
}
