package dev.freshet.hub.fanout;

import java.time.Duration;

/**
 * Says when a lane may begin its next sweep. Confined to its lane.
 *
 * <p>A send costs nearly the same for one event as for ten. So after a sweep that took longer than a slice the lane rests for
 * as long as the sweep took, up to a limit, and what is published meanwhile goes out in one send. A lane with few subscribers
 * never rests, and after a pause in publishing the first event goes out at once.
 */
final class Pace {
    private final long sliceNanos;
    private final long maxRestNanos;
    private long beganNanos;
    private long restNanos;
    private long endedNanos;

    Pace(long sliceNanos, long maxRestNanos) {
        this.sliceNanos = sliceNanos;
        this.maxRestNanos = maxRestNanos;
    }

    void onSweepBegun(long nowNanos) {
        beganNanos = nowNanos;
    }

    void onSweepEnded(long nowNanos) {
        long tookNanos = nowNanos - beganNanos;
        restNanos = tookNanos <= sliceNanos ? 0 : Math.min(tookNanos, maxRestNanos);
        endedNanos = nowNanos;
    }

    boolean isResting(long nowNanos) {
        return restNanos > 0 && nowNanos - endedNanos < restNanos;
    }

    /** Returns how much longer the lane rests, in whole milliseconds, since no timer is finer. */
    Duration rest(long nowNanos) {
        return Duration.ofMillis((restNanos - (nowNanos - endedNanos)) / 1_000_000 + 1);
    }
}
