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

    /**
     * When to publish.
     *
     * @param perSecond publishes a second, whatever the server does; 0 for a closed loop
     * @param window the closed loop: so many events may be on their way at once
     */
    record Pace(double perSecond, int window) {
        boolean isClosedLoop() {
            return perSecond <= 0;
        }
    }

    /**
     * How long each part takes.
     *
     * @param connect the most for opening the subscriptions, and for a replay
     * @param settle the wait after that
     * @param warmup load that is not measured
     * @param measure load that is measured
     * @param drain the most that late deliveries are waited for
     */
    record Times(Duration connect, Duration settle, Duration warmup, Duration measure, Duration drain) {}
}
