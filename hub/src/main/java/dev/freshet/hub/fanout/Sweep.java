package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.bytes.Range;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.log.WindowReader;
import dev.freshet.hub.topic.Topic;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is new in the log to all live subscribers of a lane. Confined to its lane.
 *
 * <pre>
 *   begin:    the entries from the lane's position on -> the interests that they match
 *   advance:  per interest: one range, one write per live subscriber; in slices
 * </pre>
 *
 * <p>What is new is pinned from begin to end. While a sweep is under way the lane already stands behind it: who becomes live
 * meanwhile carries the sweep's stamp and is passed over.
 */
final class Sweep {
    /** Of 2^32. */
    private static final long GOLDEN_RATIO = 0x9E37_79B9L;

    private final Lane lane;
    private final Window window;
    private final WindowReader reader;
    private final Round round;
    private final Range range = new Range();
    private final Deque<Interest> touched = new ArrayDeque<>();
    private @Nullable WindowEntry matching;
    private int stamp;
    private int events;
    private long writesBefore;

    Sweep(Lane lane, Window window) {
        this.lane = lane;
        this.window = window;
        this.reader = window.reader();
        this.round = new Round(lane);
    }

    boolean isUnderWay() {
        return events > 0;
    }

    int stamp() {
        return stamp;
    }

    /** Collects what is new, up to a limit of bytes. Returns the position behind it. */
    long begin(long from, int maxBytes) {
        stamp = lane.nextStamp();
        reader.pin(from);
        long head = window.head();
        long to = from;
        for (int sizeBytes = 0; to < head && sizeBytes < maxBytes; to++) {
            WindowEntry entry = window.entry(to);
            if (entry == null) {
                break;
            }
            collect(entry);
            sizeBytes += entry.sizeBytes(Framing.CHUNKED);
        }
        events = (int) (to - from);
        writesBefore = round.writes();
        if (events == 0) {
            reader.release();
        }
        return to;
    }

    void advance(long deadlineNanos) {
        do {
            if (round.isDone() && !beginNextRound()) {
                finish();
                return;
            }
            round.advance(deadlineNanos, this::onShort);
        } while (lane.nanoTime() - deadlineNanos < 0);
    }

    private void collect(WindowEntry entry) {
        matching = entry;
        for (Topic topic : entry.topics()) {
            if (topic.isReserved()) {
                lane.letFallBehind(topic);
            } else {
                lane.interests().match(topic, this::take);
            }
        }
    }

    private void take(Interest interest) {
        WindowEntry entry = matching;
        if (entry != null
                && interest.live().size() > 0
                && interest.selection().mayRead(entry)
                && interest.collect(entry)) {
            touch(interest);
        }
    }

    /** Every other sweep goes the other way round, so that no interest is always last. */
    private void touch(Interest interest) {
        if (stamp % 2 == 0) {
            touched.addFirst(interest);
        } else {
            touched.addLast(interest);
        }
    }

    private boolean beginNextRound() {
        Interest interest = touched.poll();
        if (interest == null) {
            return false;
        }
        range.gather(interest.takeCollected(), interest.framing());
        interest.onSent(lane.nanoTime());
        round.begin(
                interest.live(), range.bytes(), stamp, firstSlot(interest.live().size()));
        return true;
    }

    /**
     * Returns where a round begins: multiples of the golden ratio are spread evenly however few of them there are, so that over
     * a handful of sweeps nobody waits for longer than the others; -1 if there is nobody.
     */
    private int firstSlot(int size) {
        return size == 0 ? -1 : (int) ((((stamp * GOLDEN_RATIO) & 0xFFFF_FFFFL) * size) >>> 32);
    }

    private void onShort(Subscriber subscriber, int taken) {
        if (subscriber.state() == Subscriber.State.LIVE) {
            subscriber.stopAt(range.cutAfter(taken));
            lane.roster().fallBehind(subscriber, Subscriber.State.BLOCKED);
        }
    }

    /** Forgets what it was about; for a lane that failed. */
    void abandon() {
        touched.forEach(Interest::takeCollected);
        touched.clear();
        round.abandon();
        events = 0;
        reader.release();
    }

    private void finish() {
        lane.observer().onSwept(lane.number(), events, round.writes() - writesBefore);
        events = 0;
        reader.release();
    }
}
