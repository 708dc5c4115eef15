package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.Window;
import java.time.Duration;

/**
 * Where a lane stands in the log: everything before {@link #position} was handed to the live subscribers, or is being handed to
 * them by the sweep under way. Confined to its lane.
 */
final class Cursor {
    private final Lane lane;
    private final Window window;
    private final CatchUp catchUp;
    private final Sweep sweep;
    private final Pace pace;
    private final int maxSweepBytes;
    private long position;

    /** Stands at the head of the window. */
    Cursor(Lane lane, Window window, CatchUp catchUp, LaneOptions options) {
        this.lane = lane;
        this.window = window;
        this.catchUp = catchUp;
        this.sweep = new Sweep(lane, window);
        this.pace = new Pace(options.slice().toNanos(), options.maxRest().toNanos());
        this.maxSweepBytes = options.maxSweepBytes();
        this.position = window.head();
    }

    long position() {
        return position;
    }

    /** The stamp of the sweep under way, or of the last one. */
    int stamp() {
        return sweep.stamp();
    }

    boolean isSweeping() {
        return sweep.isUnderWay();
    }

    /** Tells whether there is something new, whether or not it may be swept now. */
    boolean hasNews() {
        return position < window.head();
    }

    boolean hasWork() {
        return sweep.isUnderWay() || maySweep();
    }

    /** Returns how much longer what is new has to wait. */
    Duration rest() {
        return pace.rest(lane.nanoTime());
    }

    /** Goes on with the sweep under way, and begins others, until there is nothing new or the time is over. */
    void advance(long deadlineNanos) {
        do {
            if (sweep.isUnderWay() || beginSweep()) {
                sweep.advance(deadlineNanos);
                noteEndOfSweep();
            }
        } while (maySweep() && lane.nanoTime() - deadlineNanos < 0);
    }

    /** The same, until the time is over or nothing is left; for a lane that ends and rests no more. */
    void advanceToHead(long deadlineNanos) {
        while ((hasNews() || isSweeping()) && lane.nanoTime() - deadlineNanos < 0) {
            advance(deadlineNanos);
        }
    }

    /** Forgets what it was about and moves to the head; for a lane that failed. */
    void abandon() {
        sweep.abandon();
        position = window.head();
    }

    private boolean maySweep() {
        return hasNews() && (lane.isEnding() || !pace.isResting(lane.nanoTime()));
    }

    private void noteEndOfSweep() {
        if (!sweep.isUnderWay()) {
            pace.onSweepEnded(lane.nanoTime());
        }
    }

    /** Returns false if there is nothing new, or it is to wait for more. */
    private boolean beginSweep() {
        if (position < window.earliest()) {
            loseTrack();
        }
        if (maySweep()) {
            pace.onSweepBegun(lane.nanoTime());
            position = sweep.begin(position, maxSweepBytes);
        }
        return sweep.isUnderWay();
    }

    /** The log moved past this lane. Everybody keeps their cursor, and will be told of the gap. */
    private void loseTrack() {
        for (Interest interest : lane.interests().all()) {
            while (interest.live().size() > 0) {
                catchUp.take(interest.live().get(interest.live().size() - 1));
            }
        }
        position = window.earliest();
    }
}
