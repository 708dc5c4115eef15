package dev.freshet.hub.fanout;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.observe.HubObserver;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a lane takes from outside. Immutable.
 *
 * @param log the log that fills the window
 * @param window the newest part of the log
 * @param nanoTime time that only goes forward, in nanoseconds
 * @param random chance; used by one lane alone
 * @param observer is told what happens
 */
public record LaneContext(
        EventLog log, Window window, LongSupplier nanoTime, RandomGenerator random, HubObserver observer) {}
