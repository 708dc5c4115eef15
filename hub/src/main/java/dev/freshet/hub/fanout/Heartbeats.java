package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.bytes.Comments;
import dev.freshet.hub.fanout.setup.LaneExecutor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends a comment to the subscribers of every interest that sent nothing for a while, so that proxies keep the connection and
 * a dead one is noticed. There is one timer per lane. Confined to its lane.
 *
 * <p>Those that are behind may find nothing for long in what they read, whatever the live ones are sent: they get a comment
 * once in each interval, but for those whose sink is full.
 */
final class Heartbeats {
    private static final long SHORTEST_TICK_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_TICK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Lane lane;
    private final long intervalNanos;
    private final Round round;
    private final Comments comments = new Comments();
    private final Queue<Interest> dueToBehind = new ArrayDeque<>();
    private final Queue<Interest> dueToLive = new ArrayDeque<>();

    Heartbeats(Lane lane, long intervalNanos) {
        this.lane = lane;
        this.intervalNanos = intervalNanos;
        this.round = new Round(lane);
    }

    boolean isIdle() {
        return dueToBehind.isEmpty() && dueToLive.isEmpty() && round.isDone();
    }

    /** Starts the timer, which runs until the lane ends. */
    void start(LaneExecutor executor) {
        long everyNanos = Math.max(SHORTEST_TICK_NANOS, Math.min(LONGEST_TICK_NANOS, intervalNanos / 10));
        executor.schedule(() -> tick(executor), Duration.ofNanos(everyNanos));
    }

    /** Forgets what it was about; for a lane that failed. */
    void abandon() {
        dueToBehind.clear();
        dueToLive.clear();
        round.abandon();
    }

    void advance(long deadlineNanos) {
        do {
            if (round.isDone() && !beginNextRound()) {
                return;
            }
            round.advance(deadlineNanos, this::onShort);
        } while (lane.nanoTime() - deadlineNanos < 0);
    }

    private void tick(LaneExecutor executor) {
        if (!lane.isEnding()) {
            try {
                noteAllThatAreDue();
            } finally {
                start(executor);
            }
        }
    }

    /** Does nothing while the last ones are still served. */
    private void noteAllThatAreDue() {
        if (isIdle()) {
            long nowNanos = lane.nanoTime();
            lane.interests().all().forEach(interest -> noteIfDue(interest, nowNanos));
        }
        if (!isIdle()) {
            lane.wake();
        }
    }

    private void noteIfDue(Interest interest, long nowNanos) {
        boolean isQuiet = nowNanos - interest.lastSentNanos() >= intervalNanos;
        if (isQuiet) {
            interest.onSent(nowNanos);
            dueToLive.add(interest);
        }
        if (isQuiet || nowNanos - interest.lastSentToBehindNanos() >= intervalNanos) {
            interest.onSentToBehind(nowNanos);
            dueToBehind.add(interest);
        }
    }

    /** First those that are behind: who becomes live between the two is met as one of the live ones, if not before. */
    private boolean beginNextRound() {
        Interest toBehind = dueToBehind.poll();
        if (toBehind != null) {
            begin(toBehind, toBehind.behind());
            return true;
        }
        Interest toLive = dueToLive.poll();
        if (toLive != null) {
            begin(toLive, toLive.live());
        }
        return toLive != null;
    }

    private void begin(Interest interest, SubscriberSet subscribers) {
        ByteBuffer comment = comments.bytes(interest.framing());
        round.begin(subscribers, comment, lane.nextStamp(), subscribers.size() - 1);
    }

    /** What the sink of one that is behind does not take of it is sent before anything else. */
    private void onShort(Subscriber subscriber, int taken) {
        switch (subscriber.state()) {
            case LIVE -> {
                subscriber.next(lane.position());
                keepRest(subscriber, taken);
                lane.roster().fallBehind(subscriber, Subscriber.State.BLOCKED);
            }
            case READY -> {
                keepRest(subscriber, taken);
                subscriber.state(Subscriber.State.BLOCKED);
            }
            case READING -> keepRest(subscriber, taken);
            case BLOCKED, ENDING, ENDED -> {}
        }
    }

    private void keepRest(Subscriber subscriber, int taken) {
        subscriber.rest(comments.restAfter(subscriber.interest().framing(), taken));
    }
}
