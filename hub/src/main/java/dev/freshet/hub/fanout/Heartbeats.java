package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.bytes.Comments;
import dev.freshet.hub.fanout.setup.LaneExecutor;
import dev.freshet.hub.log.Framing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends a comment to the live subscribers of every interest that sent nothing for a while, so that proxies keep the
 * connection and a dead one is noticed. There is one timer per lane. Confined to its lane.
 *
 * <p>Who reads the history may find nothing in it for long: once in each interval all of those are sent a comment too.
 */
final class Heartbeats {
    private static final long SHORTEST_TICK_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_TICK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Lane lane;
    private final long intervalNanos;
    private final Round round;
    private final Comments comments = new Comments();
    private final Queue<Interest> due = new ArrayDeque<>();
    private final Queue<Subscriber> readers = new ArrayDeque<>();
    private long readersNotedNanos;

    Heartbeats(Lane lane, long intervalNanos) {
        this.lane = lane;
        this.intervalNanos = intervalNanos;
        this.round = new Round(lane);
        this.readersNotedNanos = lane.nanoTime();
    }

    boolean isIdle() {
        return due.isEmpty() && round.isDone() && readers.isEmpty();
    }

    /** Starts the timer, which runs until the lane ends. */
    void start(LaneExecutor executor) {
        long everyNanos = Math.max(SHORTEST_TICK_NANOS, Math.min(LONGEST_TICK_NANOS, intervalNanos / 10));
        executor.schedule(() -> tick(executor), Duration.ofNanos(everyNanos));
    }

    /** Forgets what it was about; for a lane that failed. */
    void abandon() {
        due.clear();
        readers.clear();
        round.abandon();
    }

    void advance(long deadlineNanos) {
        do {
            if (!round.isDone() || beginNextRound()) {
                round.advance(deadlineNanos, this::onShort);
            } else if (!readers.isEmpty()) {
                offer(readers.remove());
            } else {
                return;
            }
        } while (lane.nanoTime() - deadlineNanos < 0);
    }

    private void tick(LaneExecutor executor) {
        if (!lane.isEnding()) {
            noteAllThatAreDue();
            start(executor);
        }
    }

    /** Does nothing while the last ones are still served. */
    private void noteAllThatAreDue() {
        if (isIdle()) {
            long nowNanos = lane.nanoTime();
            lane.interests().all().forEach(interest -> noteIfDue(interest, nowNanos));
            noteReadersIfDue(nowNanos);
        }
        if (!isIdle()) {
            lane.wake();
        }
    }

    private void noteIfDue(Interest interest, long nowNanos) {
        if (nowNanos - interest.lastSentNanos() >= intervalNanos) {
            interest.onSent(nowNanos);
            due.add(interest);
        }
    }

    private void noteReadersIfDue(long nowNanos) {
        if (nowNanos - readersNotedNanos >= intervalNanos) {
            readersNotedNanos = nowNanos;
            lane.interests().all().forEach(this::noteReaders);
        }
    }

    private void noteReaders(Interest interest) {
        for (int slot = 0; slot < interest.behind().size(); slot++) {
            Subscriber subscriber = interest.behind().get(slot);
            if (subscriber.state() == Subscriber.State.READING) {
                readers.add(subscriber);
            }
        }
    }

    private boolean beginNextRound() {
        Interest interest = due.poll();
        if (interest == null) {
            return false;
        }
        ByteBuffer comment = comments.bytes(interest.framing());
        round.begin(interest.live(), comment, lane.nextStamp(), interest.live().size() - 1);
        return true;
    }

    private void onShort(Subscriber subscriber, int taken) {
        if (subscriber.state() == Subscriber.State.LIVE) {
            subscriber.next(lane.position());
            subscriber.rest(comments.restAfter(subscriber.interest().framing(), taken));
            lane.roster().fallBehind(subscriber, Subscriber.State.BLOCKED);
        }
    }

    /** What the sink does not take of it is sent before any page. */
    private void offer(Subscriber reader) {
        if (reader.state() == Subscriber.State.READING && reader.isBetweenEvents()) {
            Framing framing = reader.interest().framing();
            ByteBuffer comment = comments.bytes(framing);
            int taken = reader.sink().write(comment);
            if (taken < comment.capacity() && reader.state() == Subscriber.State.READING) {
                reader.rest(comments.restAfter(framing, Math.max(taken, 0)));
            }
        }
    }
}
