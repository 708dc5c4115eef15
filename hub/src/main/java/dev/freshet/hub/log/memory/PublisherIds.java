package dev.freshet.hub.log.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the ids that publishers brought stand in the log. {@link #add}, {@link #takeBack} and {@link #forgetBefore} are
 * confined to the writer, {@link #offsetOf} may be called by any thread.
 *
 * <p>An id that was used several times is remembered with its first place, for as long as one of them is retained. Resume
 * takes the first, so that events are repeated rather than lost; once the first is gone, nobody can say which of the others
 * was meant, and the id counts as unknown.
 */
final class PublisherIds {
    private final Map<String, Places> places = new ConcurrentHashMap<>();
    private final Deque<Used> oldestFirst = new ArrayDeque<>();

    void add(String id, long offset) {
        places.compute(id, (key, before) -> before == null ? new Places(offset, 1) : before.withOneMore());
        oldestFirst.add(new Used(id, offset));
    }

    OptionalLong offsetOf(String id, long earliest) {
        Places found = places.get(id);
        return found == null || found.first < earliest ? OptionalLong.empty() : OptionalLong.of(found.first);
    }

    void forgetBefore(long earliest) {
        for (Used oldest = oldestFirst.peek(); isGone(oldest, earliest); oldest = oldestFirst.peek()) {
            oldestFirst.remove();
            forgetOne(oldest.id);
        }
    }

    /** Undoes what was added from an offset on. */
    void takeBack(long offset) {
        for (Used newest = oldestFirst.peekLast();
                newest != null && newest.offset >= offset;
                newest = oldestFirst.peekLast()) {
            oldestFirst.removeLast();
            forgetOne(newest.id);
        }
    }

    /** Tells whether nothing is left, for checks after tests. */
    boolean isEmpty() {
        return places.isEmpty() && oldestFirst.isEmpty();
    }

    private void forgetOne(String id) {
        places.computeIfPresent(id, (key, found) -> found.count == 1 ? null : found.withOneLess());
    }

    private static boolean isGone(@Nullable Used used, long earliest) {
        return used != null && used.offset < earliest;
    }

    private record Places(long first, int count) {
        Places withOneMore() {
            return new Places(first, count + 1);
        }

        Places withOneLess() {
            return new Places(first, count - 1);
        }
    }

    private record Used(String id, long offset) {}
}
