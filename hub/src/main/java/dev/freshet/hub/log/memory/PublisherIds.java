package dev.freshet.hub.log.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the ids that publishers brought stand in the log. {@link #add}, {@link #takeBack} and {@link #forgetBefore} are confined to the
 * writer, {@link #offsetOf} may be called by any thread.
 *
 * <p>An id that was used several times is remembered with its first and its newest place. Resume takes the first, so that
 * events are repeated rather than lost; once the first is gone, nobody can say which of the others was meant, and the id
 * counts as unknown.
 */
final class PublisherIds {
    private final Map<String, Places> places = new ConcurrentHashMap<>();
    private final Deque<Used> oldestFirst = new ArrayDeque<>();

    void add(String id, long offset) {
        places.compute(id, (key, before) -> new Places(before == null ? offset : before.first, offset));
        oldestFirst.add(new Used(id, offset));
    }

    OptionalLong offsetOf(String id, long earliest) {
        Places found = places.get(id);
        return found == null || found.first < earliest ? OptionalLong.empty() : OptionalLong.of(found.first);
    }

    void forgetBefore(long earliest) {
        for (Used oldest = oldestFirst.peek(); isGone(oldest, earliest); oldest = oldestFirst.peek()) {
            oldestFirst.remove();
            places.computeIfPresent(oldest.id, (id, found) -> found.newest < earliest ? null : found);
        }
    }

    /** Undoes what was added from an offset on. */
    void takeBack(long offset) {
        for (Used newest = oldestFirst.peekLast();
                newest != null && newest.offset >= offset;
                newest = oldestFirst.peekLast()) {
            oldestFirst.removeLast();
            places.computeIfPresent(newest.id, (id, found) -> found.first >= offset ? null : found);
        }
    }

    private static boolean isGone(@Nullable Used used, long earliest) {
        return used != null && used.offset < earliest;
    }

    private record Places(long first, long newest) {}

    private record Used(String id, long offset) {}
}
