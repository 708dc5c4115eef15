package dev.freshet.hub.fanout.start;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.observe.GapReason;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the place in the log where a subscriber begins. Confined to its lane. */
public final class Starts {
    private final EventLog log;
    private final Window window;

    /**
     * Creates what finds places in a log.
     *
     * @param log the log
     * @param window its newest part
     */
    public Starts(EventLog log, Window window) {
        this.log = log;
        this.window = window;
    }

    /**
     * Finds the place.
     *
     * @param wanted what the subscriber asks for
     * @param selection what it wants and may read
     * @param position where the lane stands; the start of everybody who asks for nothing else
     * @return the place, and why events before it are missing, if they are
     */
    public Start find(StartAt wanted, Selection selection, long position) {
        if (wanted instanceof StartAt.After after) {
            return after(after.id());
        }
        if (wanted instanceof StartAt.Since since) {
            return since(since.time());
        }
        if (wanted instanceof StartAt.Last last) {
            return Start.at(new LastEvents(window, selection).first(last.count(), position));
        }
        return Start.at(position);
    }

    private Start after(String id) {
        OptionalLong named = log.offsetOf(id);
        if (named.isPresent()) {
            return Start.at(named.getAsLong() + 1);
        }
        Optional<EventPosition> position = EventPosition.parse(id);
        return position.isPresent() ? after(position.get(), id) : gap(GapReason.UNKNOWN, id);
    }

    private Start after(EventPosition position, String id) {
        if (!position.epoch().equals(log.epoch())) {
            return gap(GapReason.EXPIRED, id);
        }
        if (position.offset() >= window.head()) {
            return gap(GapReason.UNKNOWN, id);
        }
        return position.offset() + 1 < window.earliest() ? gap(GapReason.EXPIRED, id) : Start.at(position.offset() + 1);
    }

    private Start since(Instant time) {
        long first = window.firstOffsetSince(milliseconds(time));
        boolean mayMissSome = first > 1 && first <= window.earliest();
        return mayMissSome ? gap(GapReason.EXPIRED, time.toString()) : Start.at(first);
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
        return Start.afterGap(window.earliest(), reason, requested);
    }
}
