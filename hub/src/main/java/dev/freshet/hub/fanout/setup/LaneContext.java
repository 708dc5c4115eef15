package dev.freshet.hub.fanout.setup;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.durable.EventFilter;
import dev.freshet.hub.log.durable.History;
import dev.freshet.hub.observe.HubObserver;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a lane takes from outside. Immutable.
 *
 * @param log the log that fills the window
 * @param window the newest part of the log
 * @param history what is older, if the log outlives its window
 * @param nanoTime time that only goes forward, in nanoseconds
 * @param clock tells when the time to live of an event is over
 * @param random chance; used by one lane alone
 * @param observer is told what happens
 */
public record LaneContext(
        EventLog log,
        Window window,
        Optional<History> history,
        LongSupplier nanoTime,
        InstantSource clock,
        RandomGenerator random,
        HubObserver observer) {
    /**
     * Returns the offset of the oldest event that can be had, from wherever.
     *
     * @return the offset; the window's head if there is none
     */
    public long earliest() {
        return history.map(older -> Math.min(older.earliest(), window.earliest()))
                .orElseGet(window::earliest);
    }

    /**
     * Tells whether a reader has to be served from the history.
     *
     * @param next the offset of the first event that it has not been sent
     * @param position where its lane stands
     * @return true if some of what lies between them has left the window, and there is a history
     */
    public boolean isInHistory(long next, long position) {
        return history.isPresent() && next < Math.min(window.earliest(), position);
    }

    /**
     * Returns how far rules have thinned out what a reader may want.
     *
     * @param filter what the reader wants
     * @return the highest offset of an event that is missing; 0 if none is
     */
    public long thinnedUpTo(EventFilter filter) {
        return history.map(older -> older.thinnedUpTo(filter)).orElse(0L);
    }
}
