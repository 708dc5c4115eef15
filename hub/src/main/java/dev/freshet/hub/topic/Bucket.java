package dev.freshet.hub.topic;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The values of one selector. Nearly always there is one, which then needs no set. Confined to the index's owner. */
final class Bucket<T> {
    private @Nullable T only;
    private @Nullable Set<T> several;

    void add(T value) {
        if (several != null) {
            several.add(value);
        } else if (only == null || only.equals(value)) {
            only = value;
        } else {
            several = new LinkedHashSet<>();
            several.add(only);
            several.add(value);
            only = null;
        }
    }

    boolean removeAndIsEmpty(T value) {
        if (several != null) {
            several.remove(value);
            several = several.isEmpty() ? null : several;
        } else if (value.equals(only)) {
            only = null;
        }
        return isEmpty();
    }

    boolean isEmpty() {
        return only == null && several == null;
    }

    void forEach(Consumer<? super T> action) {
        if (several != null) {
            several.forEach(action);
        } else if (only != null) {
            action.accept(only);
        }
    }
}
