package dev.freshet.hub;

import dev.freshet.hub.observe.HubObserver;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a hub takes from outside, so that a test can have it in its hand. Immutable.
 *
 * @param nanoTime time that only goes forward, in nanoseconds
 * @param clock tells when the time to live of an event is over
 * @param random makes a source of chance for each lane; subscribers' ids come from it
 * @param observer is told what happens
 */
public record HubSources(
        LongSupplier nanoTime, InstantSource clock, Supplier<RandomGenerator> random, HubObserver observer) {}
