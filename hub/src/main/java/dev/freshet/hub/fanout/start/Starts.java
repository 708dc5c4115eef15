package dev.freshet.hub.fanout.start;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.durable.EventFilter;
import dev.freshet.hub.log.durable.History;
import dev.freshet.hub.observe.GapReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the place in the log where a subscriber begins: at once where the window knows it, else when the history has answered.
 * Confined to its lane, but for the answers of the history.
 */
public final class Starts {
    private final EventLog log;
    private final Window window;
    private final Optional<History> history;
    private final InstantSource clock;

    /**
     * Creates what finds places in a log.
     *
     * @param log the log
     * @param window its newest part
     * @param history what is older, if the log outlives its window
     * @param clock tells when the time to live of an event is over
     */
    public Starts(EventLog log, Window window, Optional<History> history, InstantSource clock) {
        this.log = log;
        this.window = window;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Finds the place.
     *
     * @param wanted what the subscriber asks for
     * @param selection what it wants and may read
     * @param position where the lane stands; the start of everybody who asks for nothing else
     * @return the place, and why events before it are missing, if they are; already complete unless the log has to look it
     *     up where it is stored, and failed if that cannot be read
     */
    public CompletableFuture<Start> find(StartAt wanted, Selection selection, long position) {
        if (wanted instanceof StartAt.After after) {
            return after(after.id(), selection);
        }
        if (wanted instanceof StartAt.Since since) {
            return since(since.time(), selection);
        }
        if (wanted instanceof StartAt.Last last) {
            return last(last.count(), selection, position);
        }
        return CompletableFuture.completedFuture(Start.at(position));
    }

    /** An id of this log's own form is never a publisher's. */
    private CompletableFuture<Start> after(String id, EventFilter filter) {
        Optional<EventPosition> position = EventPosition.parse(id);
        if (position.filter(at -> at.epoch().equals(log.epoch())).isPresent()) {
            return CompletableFuture.completedFuture(after(position.get().offset(), id, filter));
        }
        GapReason otherwise = position.isPresent() ? GapReason.EXPIRED : GapReason.UNKNOWN;
        return log.offsetOf(id).thenApply(named -> after(named, id, filter, otherwise));
    }

    private Start after(OptionalLong named, String id, EventFilter filter, GapReason otherwise) {
        return named.isPresent() ? after(named.getAsLong(), id, filter) : gap(otherwise, id);
    }

    private Start after(long offset, String id, EventFilter filter) {
        if (offset >= window.head()) {
            return gap(GapReason.UNKNOWN, id);
        }
        return offset + 1 < earliest() ? gap(GapReason.EXPIRED, id) : unlessThinned(offset + 1, filter, id);
    }

    private CompletableFuture<Start> since(Instant time, EventFilter filter) {
        if (time.isBefore(log.began())) {
            return CompletableFuture.completedFuture(gap(GapReason.EXPIRED, time.toString()));
        }
        long timeMs = milliseconds(time);
        long first = window.firstOffsetSince(timeMs);
        if (first > window.earliest() || history.isEmpty()) {
            return CompletableFuture.completedFuture(since(first, time, filter));
        }
        return history.get().firstOffsetSince(timeMs).thenApply(found -> since(found, time, filter));
    }

    private Start since(long first, Instant time, EventFilter filter) {
        boolean mayMissSome = first > 1 && first <= earliest();
        return mayMissSome ? gap(GapReason.EXPIRED, time.toString()) : unlessThinned(first, filter, time.toString());
    }

    private CompletableFuture<Start> last(int count, Selection selection, long position) {
        LastEvents.Found found = new LastEvents(window, selection, clock.millis()).find(count, position);
        if (found.isComplete() || earliest() == window.earliest()) {
            return CompletableFuture.completedFuture(Start.at(found.first()));
        }
        return history.orElseThrow().firstOfLast(count, position, selection).thenApply(Start::at);
    }

    /** Nothing is thinned out of the window. */
    private Start unlessThinned(long next, EventFilter filter, String requested) {
        boolean isThinned = next < window.earliest()
                && history.filter(older -> older.thinnedUpTo(filter) >= next).isPresent();
        return isThinned ? Start.afterGap(next, GapReason.EXPIRED, requested) : Start.at(next);
    }

    private long earliest() {
        return history.map(older -> Math.min(older.earliest(), window.earliest()))
                .orElseGet(window::earliest);
    }

    /** A time beyond the range of milliseconds is before or after all events. */
    private static long milliseconds(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private Start gap(GapReason reason, String requested) {
        return Start.afterGap(earliest(), reason, requested);
    }
}
