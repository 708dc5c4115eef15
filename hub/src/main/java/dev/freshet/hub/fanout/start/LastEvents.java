package dev.freshet.hub.fanout.start;

import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.topic.Topic;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest events of a selection. Confined to its lane.
 *
 * <p>Single topics are followed backwards from event to event, so the cost is that of the events found, not of the window. Templates
 * and {@code *} look at every event on the way back, as far as {@link #MAX_COMPARISONS} go: a thousand templates must not hold up
 * the lane. So do single topics that are not done after {@link #MAX_STEPS}: many that have the same events are slow to follow.
 */
final class LastEvents {
    /** As many as one template takes for a window of the usual size. */
    private static final int MAX_COMPARISONS = 1 << 18;

    /** More than the largest count takes for one topic. */
    private static final int MAX_STEPS = 1 << 15;

    private final Window window;
    private final Selection selection;
    private final long nowMs;

    LastEvents(Window window, Selection selection, long nowMs) {
        this.window = window;
        this.selection = selection;
        this.nowMs = nowMs;
    }

    /**
     * What was found.
     *
     * @param first the offset of the oldest of the newest events before an offset; that offset if there are none
     * @param isComplete true if no older event belongs to them, whatever the window has given up
     */
    record Found(long first, boolean isComplete) {}

    Found find(int count, long before) {
        return selection.isExact() ? followTopics(count, before) : lookAtAll(count, before);
    }

    private Found lookAtAll(int count, long before) {
        long first = before;
        int found = 0;
        long end = before - 1 - MAX_COMPARISONS / selection.comparisons();
        for (long offset = before - 1; found < count && offset > end; offset--) {
            WindowEntry entry = window.entry(offset);
            if (entry == null) {
                return new Found(first, false);
            }
            if (selection.wants(entry) && !entry.isExpired(nowMs)) {
                first = offset;
                found++;
            }
        }
        return new Found(first, true);
    }

    private Found followTopics(int count, long before) {
        PriorityQueue<Trail> newestFirst =
                new PriorityQueue<>(Comparator.comparingLong(Trail::offset).reversed());
        selection.exactTopics().forEach(topic -> follow(newestFirst, topic, window.newestOffset(topic)));
        long first = before;
        int found = 0;
        int steps = 0;
        for (Trail trail = newestFirst.poll(); trail != null && found < count; trail = newestFirst.poll()) {
            if (++steps > MAX_STEPS) {
                return lookAtAll(count, before);
            }
            WindowEntry entry = trail.entry;
            boolean isNew = entry.offset() < first;
            if (isNew && selection.mayRead(entry) && !entry.isExpired(nowMs)) {
                first = entry.offset();
                found++;
            }
            follow(newestFirst, trail.topic, entry.previousOffset(entry.topics().indexOf(trail.topic)));
        }
        return new Found(first, found >= count);
    }

    private void follow(PriorityQueue<Trail> trails, Topic topic, long offset) {
        @Nullable WindowEntry entry = window.entry(offset);
        if (entry != null) {
            trails.add(new Trail(topic, entry));
        }
    }

    private record Trail(Topic topic, WindowEntry entry) {
        long offset() {
            return entry.offset();
        }
    }
}
