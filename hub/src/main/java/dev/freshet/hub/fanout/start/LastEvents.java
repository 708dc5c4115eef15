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
 * and {@code *} look at every event on the way back, as far as {@link Limits#comparisons} go: a thousand templates must not hold
 * up the lane. So do single topics that are not done after {@link Limits#steps}: many that have the same events are slow to
 * follow.
 */
final class LastEvents {
    private final Window window;
    private final Selection selection;
    private final long nowMs;
    private final Limits limits;

    LastEvents(Window window, Selection selection, long nowMs) {
        this(window, selection, nowMs, Limits.USUAL);
    }

    LastEvents(Window window, Selection selection, long nowMs, Limits limits) {
        this.window = window;
        this.selection = selection;
        this.nowMs = nowMs;
        this.limits = limits;
    }

    /**
     * How far it looks.
     *
     * @param comparisons how many events all together, divided by the number of templates
     * @param steps how many events from one to the next of a topic, before it looks at all instead
     */
    record Limits(int comparisons, int steps) {
        /** What one template takes for a window of the usual size, and more than the largest count takes for one topic. */
        static final Limits USUAL = new Limits(1 << 18, 1 << 15);
    }

    /**
     * What was found.
     *
     * @param first the offset of the oldest of the newest events before an offset; that offset if there are none
     * @param isComplete true if no older event belongs to them, whatever the window has given up; for templates also if they
     *     have looked as far as they may, since the history looks no further
     */
    record Found(long first, boolean isComplete) {}

    Found find(int count, long before) {
        return selection.isExact() ? followTopics(count, before) : lookAtAll(count, before);
    }

    private Found lookAtAll(int count, long before) {
        long first = before;
        int found = 0;
        long end = before - 1 - limits.comparisons / selection.comparisons();
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
        return new Found(first, found >= count || !selection.isExact());
    }

    private Found followTopics(int count, long before) {
        PriorityQueue<Trail> newestFirst =
                new PriorityQueue<>(Comparator.comparingLong(Trail::offset).reversed());
        selection.exactTopics().forEach(topic -> follow(newestFirst, topic, window.newestOffset(topic)));
        long first = before;
        int found = 0;
        int steps = 0;
        for (Trail trail = newestFirst.poll(); trail != null && found < count; trail = newestFirst.poll()) {
            if (++steps > limits.steps) {
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
