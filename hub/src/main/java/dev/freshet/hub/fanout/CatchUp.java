package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.bytes.Range;
import dev.freshet.hub.fanout.bytes.Scratch;
import dev.freshet.hub.fanout.setup.LaneContext;
import dev.freshet.hub.fanout.start.Openings;
import dev.freshet.hub.fanout.start.Start;
import dev.freshet.hub.fanout.start.StreamText;
import dev.freshet.hub.log.Cut;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.log.WindowReader;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;

/**
 * Serves the subscribers that are behind, whatever the reason: resume, history, a slow reader, a message for one alone.
 * Confined to its lane.
 *
 * <p>Each one that is ready gets one bounded portion, then it is the next one's turn; who has come up to the lane's position
 * is live again.
 */
final class CatchUp {
    /** For one portion: a subscriber that wants few of many, or has many templates, must not hold up the others. */
    private static final int MAX_COMPARISONS = 8192;

    private final Lane lane;
    private final LaneContext context;
    private final Window window;
    private final Openings openings;
    private final WindowReader reader;
    private final int maxPortionBytes;
    private final Range range = new Range();
    private final Queue<Subscriber> ready = new ArrayDeque<>();
    private final Queue<Subscriber> ahead = new ArrayDeque<>();
    private long positionOfAhead;
    private final Scratch scratch = new Scratch();
    private final Optional<HistoryReader> history;

    CatchUp(Lane lane, LaneContext context, Openings openings, int maxPortionBytes) {
        this.lane = lane;
        this.context = context;
        this.window = context.window();
        this.openings = openings;
        this.reader = window.reader();
        this.maxPortionBytes = maxPortionBytes;
        this.history = context.history().map(older -> new HistoryReader(lane, context, older, this, maxPortionBytes));
    }

    boolean isIdle() {
        return ready.isEmpty();
    }

    /** Forgets what it was about; for a lane that failed. */
    void abandon() {
        ready.clear();
        ahead.clear();
        reader.release();
    }

    /**
     * Lets a subscriber that is behind have its turn. Who was blocked by a comment, and is free again, may wait for it already; if
     * it waits ahead of the lane, the comment's rest waits with it, for as long as the lane may rest.
     */
    void add(Subscriber subscriber) {
        if (!subscriber.isQueued()) {
            subscriber.isQueued(true);
            ready.add(subscriber);
        }
    }

    /** The sink of one that reads the history had cut a heartbeat, and can take more. */
    void onWritableWhileReading(Subscriber subscriber) {
        sendRest(subscriber);
    }

    /** Takes over a live subscriber, which goes on from where the lane stands. */
    void take(Subscriber subscriber) {
        subscriber.next(lane.position());
        lane.roster().fallBehind(subscriber, Subscriber.State.READY);
        add(subscriber);
    }

    /** Sends the hub's own last words, as far as they go, to who stands between two events; the stream ends behind them. */
    void sendRetry(Subscriber subscriber, Duration retry) {
        boolean isBlocked = subscriber.state() == Subscriber.State.BLOCKED;
        if (subscriber.isBetweenEvents() && !isBlocked && !Roster.isOver(subscriber)) {
            say(subscriber, StreamText.retry(retry.toMillis()));
            sendRest(subscriber);
        }
    }

    /** Gives each one that is ready now a portion, until the time is over. */
    void advance(long deadlineNanos) {
        letGoOnWhoWasAhead();
        int turns = ready.size();
        for (Subscriber next = ready.poll(); next != null; next = --turns > 0 ? ready.poll() : null) {
            next.isQueued(false);
            if (next.state() == Subscriber.State.READY) {
                serve(next);
            }
            if (lane.nanoTime() - deadlineNanos >= 0) {
                break;
            }
        }
        reader.release();
    }

    /** Gives each as many portions as it takes, until the time is over. */
    void advanceToTheEnd(long deadlineNanos) {
        do {
            advance(deadlineNanos);
        } while (!isIdle() && lane.nanoTime() - deadlineNanos < 0);
    }

    private void serve(Subscriber subscriber) {
        if (sendRest(subscriber) && subscriber.next() < lane.position()) {
            sendPortion(subscriber);
        }
        if (subscriber.state() == Subscriber.State.READY) {
            goOn(subscriber);
        }
    }

    /** Live at once and not at the next turn: while events come all the time, the lane has moved on by then. */
    void goOn(Subscriber subscriber) {
        if (subscriber.next() == lane.position()) {
            lane.catchUpWith(subscriber);
        } else if (subscriber.next() > lane.position()) {
            subscriber.isQueued(true);
            ahead.add(subscriber);
        } else {
            add(subscriber);
        }
    }

    /** Who came with an id that the lane has yet to sweep has nothing to do until the lane, which may rest, has moved on. */
    private void letGoOnWhoWasAhead() {
        if (lane.position() != positionOfAhead) {
            positionOfAhead = lane.position();
            ready.addAll(ahead);
            ahead.clear();
        }
    }

    /** Returns false if the subscriber has to wait for its sink. */
    private boolean sendRest(Subscriber subscriber) {
        byte[] rest = subscriber.rest();
        if (rest == null) {
            return true;
        }
        int taken = subscriber.sink().write(scratch.copy(rest));
        if (taken == rest.length) {
            subscriber.rest(null);
            return true;
        }
        if (taken > 0) {
            subscriber.rest(Arrays.copyOfRange(rest, taken, rest.length));
        }
        block(subscriber);
        return false;
    }

    private void sendPortion(Subscriber subscriber) {
        reader.pin(subscriber.next());
        if (subscriber.next() < window.earliest() && !leaveThePast(subscriber)) {
            return;
        }
        List<WindowEntry> portion = new ArrayList<>();
        long to = collect(subscriber, portion);
        if (!portion.isEmpty()) {
            range.gather(portion, subscriber.interest().framing());
            offer(subscriber, to);
        } else if (to > subscriber.next()) {
            subscriber.next(to);
        }
    }

    /** Returns false if the subscriber goes on later: with a page of the history, or when its sink has taken the gap. */
    private boolean leaveThePast(Subscriber subscriber) {
        long earliest = context.earliest();
        boolean isGone = subscriber.next() < earliest;
        if (isGone && subscriber.sentBytes() > 0) {
            subscriber.cut(EndReason.SLOW);
            return false;
        }
        if (isGone) {
            oweGap(subscriber);
            subscriber.next(earliest);
            reader.pin(earliest);
        }
        if (context.isInHistory(subscriber.next(), lane.position())) {
            history.orElseThrow().add(subscriber);
            return false;
        }
        return subscriber.owed() == null || sendGap(subscriber, subscriber.next());
    }

    private long collect(Subscriber subscriber, List<WindowEntry> portion) {
        Framing framing = subscriber.interest().framing();
        int maxLookedAt = MAX_COMPARISONS / subscriber.interest().selection().comparisons();
        long end = Math.min(lane.position(), subscriber.next() + maxLookedAt);
        long nowMs = context.clock().millis();
        long to = subscriber.next();
        for (int sizeBytes = 0; to < end && sizeBytes < maxPortionBytes; to++) {
            WindowEntry entry = window.entry(to);
            if (entry == null) {
                return to;
            }
            boolean isBegun = to == subscriber.next() && subscriber.sentBytes() > 0;
            if (isBegun || (!entry.isExpired(nowMs) && wants(subscriber, entry))) {
                portion.add(entry);
                sizeBytes += entry.sizeBytes(framing);
            }
        }
        return to;
    }

    private static boolean wants(Subscriber subscriber, WindowEntry entry) {
        return subscriber.interest().selection().wants(entry) || (entry.isDirect() && isFor(subscriber, entry));
    }

    private static boolean isFor(Subscriber subscriber, WindowEntry entry) {
        return subscriber
                .id()
                .map(Topic::ofSubscriber)
                .filter(entry.topics()::contains)
                .isPresent();
    }

    private void offer(Subscriber subscriber, long to) {
        int sent = subscriber.sentBytes();
        int taken = sent + Math.max(subscriber.sink().write(range.bytes().position(sent)), 0);
        if (subscriber.state() != Subscriber.State.READY) {
            return;
        }
        if (taken == range.sizeBytes()) {
            subscriber.next(to);
        } else {
            block(subscriber, range.cutAfter(taken));
        }
    }

    /** Notes that events are missing from where the subscriber stands, unless it is to be told of some before already. */
    void oweGap(Subscriber subscriber) {
        if (subscriber.owed() == null) {
            String requested = openings.idAt(subscriber.next() - 1);
            subscriber.owed(Start.afterGap(subscriber.next(), subscriber.reasonOfGap(), requested));
        }
    }

    /**
     * Tells of the gap that is owed. Events follow in the same turn: before the next one the window may have moved on, and there
     * would be gaps alone. Returns false if the sink is full.
     */
    boolean sendGap(Subscriber subscriber, long next) {
        Start start = Objects.requireNonNull(subscriber.owed()).goingOnAt(next);
        subscriber.owed(null);
        lane.observer().onGap(lane.number(), start.gap().orElseThrow());
        say(subscriber, openings.gap(start));
        subscriber.next(next);
        return sendRest(subscriber);
    }

    private static void say(Subscriber subscriber, byte[] text) {
        subscriber.rest(StreamText.framed(text, subscriber.interest().framing()));
    }

    /** Its sink is full: it goes on from there when it is not. */
    static void block(Subscriber subscriber, Cut cut) {
        subscriber.stopAt(cut);
        block(subscriber);
    }

    private static void block(Subscriber subscriber) {
        if (subscriber.state() == Subscriber.State.READY) {
            subscriber.state(Subscriber.State.BLOCKED);
        }
    }
}
