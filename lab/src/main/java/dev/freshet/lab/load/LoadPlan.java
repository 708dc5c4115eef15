package dev.freshet.lab.load;

import java.time.Duration;

/**
 * All that a load is told.
 *
 * @param target the server
 * @param shape who subscribes and publishes
 * @param pace when to publish
 * @param times how long each part takes
 * @param kind what is measured
 */
record LoadPlan(Target target, Shape shape, Pace pace, Times times, Kind kind) {

    /** What is measured once the subscriptions are open. */
    sealed interface Kind {}

    /** Deliveries of what is published. */
    record Deliver() implements Kind {}

    /**
     * Connections on which nothing happens.
     *
     * @param hold how long
     */
    record Idle(Duration hold) implements Kind {}

    /**
     * Events that were published before.
     *
     * @param events how many each subscription must get
     */
    record Replay(int events) implements Kind {}
}
