package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.setup.LaneContext;
import dev.freshet.hub.fanout.setup.LaneExecutor;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.fanout.start.Openings;
import dev.freshet.hub.fanout.start.Selection;
import dev.freshet.hub.fanout.start.Start;
import dev.freshet.hub.fanout.start.Starts;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cursor on the log and the thread that serves its subscribers. Confined to its thread, but for {@link #wake},
 * {@link #execute}, {@link #inLane}, {@link #number} and {@link #subscriberCount}.
 *
 * <pre>
 *   wake (any thread, coalesced)
 *     -> run:  sweep      what is new, to all that are live
 *              heartbeats while no sweep is under way
 *              catch-up   a portion to each that is behind
 *     -> again after I/O, if the slice was too short
 * </pre>
 *
 * <p>{@link #position} is the lane's cursor: everything before it was handed to the live subscribers, or is being handed to
 * them by the sweep under way.
 */
public final class Lane {
    private final int number;
    private final LaneExecutor executor;
    private final Window window;
    private final LaneOptions options;
    private final LaneContext context;
    private final Roster roster;
    private final Starts starts;
    private final Openings openings;
    private final Sweep sweep;
    private final Heartbeats heartbeats;
    private final CatchUp catchUp;
    private final Pace pace;
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private long position;
    private int stamp;
    private boolean isEnding;
    private boolean isRestTimed;

    /**
     * Creates a lane that stands at the head of the window. Call {@link #start} on its thread before anything else.
     *
     * @param number tells it from the hub's other lanes
     * @param executor its thread
     * @param options its times and limits
     * @param context the log, time, chance and who is told
     */
    public Lane(int number, LaneExecutor executor, LaneOptions options, LaneContext context) {
        this.number = number;
        this.executor = executor;
        this.window = context.window();
        this.options = options;
        this.context = context;
        this.position = window.head();
        this.roster = new Roster(context.random());
        this.starts = new Starts(context.log(), window, context.history(), context.clock());
        this.openings =
                new Openings(context.log().epoch(), window, options.retry().toMillis());
        this.sweep = new Sweep(this, window);
        this.pace = new Pace(options.slice().toNanos(), options.maxRest().toNanos());
        this.heartbeats = new Heartbeats(this, options.heartbeat().toNanos());
        this.catchUp = new CatchUp(this, context, openings, options.maxPortionBytes());
    }

    /** Starts the timer of the heartbeats. */
    public void start() {
        heartbeats.start(executor);
    }

    /**
     * Returns the lane's number.
     *
     * @return what tells it from the hub's other lanes
     */
    public int number() {
        return number;
    }

    /**
     * Tells whether the caller is on the lane's thread.
     *
     * @return true on the lane's thread
     */
    public boolean inLane() {
        return executor.inLane();
    }

    /**
     * Runs a task on the lane's thread. Thread-safe.
     *
     * @param task the task; must not block
     */
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Tells the lane that there is something to do. Thread-safe; many calls before its turn cost one. */
    public void wake() {
        if (isWoken.compareAndSet(false, true)) {
            executor.execute(this::run);
        }
    }

    /**
     * Returns how many streams the lane serves. Thread-safe.
     *
     * @return the number of subscribers, live and behind
     */
    public int subscriberCount() {
        return roster.size();
    }

    /**
     * Adds a subscriber.
     *
     * @param subscription what it asks for
     * @param opener opens its sink: within this call, or later on this thread if the log has to look up where it begins
     */
    @SuppressWarnings("FutureReturnValueIgnored") // The last stage hands on what came; nothing waits for it.
    public void subscribe(Subscription subscription, SubscriberSink.Opener opener) {
        assert inLane();
        Selection selection = interests().selection(subscription.key());
        long knownThinned = context.thinnedUpTo(selection);
        CompletableFuture<Start> start = starts.find(subscription.start(), selection, position);
        Consumer<Start> opening = found -> open(subscription, opener, found).knownThinned(knownThinned);
        if (start.isDone() && !start.isCompletedExceptionally()) {
            opening.accept(start.join());
        } else {
            start.whenComplete((found, failure) -> execute(() -> onStart(opening, opener, found, failure)));
        }
    }

    /**
     * Finds a subscriber that was announced.
     *
     * @param id its id
     * @return the subscriber, or empty if this lane has none of this id
     */
    public Optional<Subscriber> find(String id) {
        assert inLane();
        return roster.find(id);
    }

    /**
     * Sends all that is in the log to those that can take it, asks every client to come back after a time of its own, and
     * ends every stream. New subscribers are ended at once from now on.
     *
     * @param spread clients are asked to wait for up to so much longer than usual, each for another time
     */
    public void endAll(Duration spread) {
        assert inLane();
        isEnding = true;
        workOff();
        roster.all().forEach(subscriber -> end(subscriber, spread));
    }

    long nanoTime() {
        return context.nanoTime().getAsLong();
    }

    HubObserver observer() {
        return context.observer();
    }

    Interests interests() {
        return roster.interests();
    }

    boolean isEnding() {
        return isEnding;
    }

    long position() {
        return position;
    }

    int nextStamp() {
        return ++stamp;
    }

    /** A message for one subscriber alone: it falls behind, and catch-up gives it the message in its place. */
    void letFallBehind(Topic topic) {
        Optional<Subscriber> one = topic.isOfSubscriber() ? find(topic.subscriberId()) : Optional.empty();
        one.filter(subscriber -> subscriber.state() == Subscriber.State.LIVE).ifPresent(this::letFallBehind);
    }

    /** Takes a live subscriber, whose own cursor is set, out of the sweeps. */
    void fallBehind(Subscriber subscriber, Subscriber.State to) {
        roster.fallBehind(subscriber, to);
        observer().onBehind(number);
    }

    /** Makes a subscriber live that stands where the lane stands. */
    void catchUpWith(Subscriber subscriber) {
        roster.makeLive(subscriber, sweep.stamp());
    }

    void onWritable(Subscriber subscriber) {
        assert inLane();
        if (subscriber.state() == Subscriber.State.BLOCKED) {
            getReady(subscriber);
        }
    }

    /** Returns false if the subscriber's end had begun before. */
    boolean beginEnd(Subscriber subscriber) {
        assert inLane();
        return roster.beginEnd(subscriber);
    }

    void onEnded(Subscriber subscriber, EndReason reason) {
        assert inLane();
        if (roster.remove(subscriber)) {
            observer().onEnded(number, reason);
        }
    }

    private void onStart(
            Consumer<Start> opening, SubscriberSink.Opener opener, Start found, @Nullable Throwable failure) {
        if (failure == null) {
            opening.accept(found);
        } else {
            observer().onFailure("start of a stream", failure);
            opener.refuse(failure);
        }
    }

    private Subscriber open(Subscription subscription, SubscriberSink.Opener opener, Start start) {
        Interest interest = interests().intern(this, subscription, nanoTime());
        Subscriber subscriber = roster.add(interest, subscription.isAnnounced(), start.next());
        observer().onSubscribed(number);
        start.gap().ifPresent(reason -> observer().onGap(number, reason));
        subscriber.open(opener, openings.opening(subscriber.id(), start));
        if (subscriber.state() == Subscriber.State.READY) {
            getReady(subscriber);
        }
        return subscriber;
    }

    private void getReady(Subscriber subscriber) {
        subscriber.state(Subscriber.State.READY);
        if (isEnding) {
            subscriber.end();
        } else {
            catchUp.add(subscriber);
            wake();
        }
    }

    private void run() {
        assert inLane();
        isWoken.set(false);
        attempt(this::work);
    }

    /** Runs what concerns subscribers in a task of its own. */
    void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            startOver(e);
        }
    }

    /** Nobody can say who was sent what, so every connection is cut: clients come back with the last id they have seen. */
    private void startOver(Throwable failure) {
        observer().onFailure("lane " + number, failure);
        sweep.abandon();
        heartbeats.abandon();
        catchUp.abandon();
        position = window.head();
        roster.all().forEach(Subscriber::cut);
    }

    private void work() {
        long deadlineNanos = nanoTime() + options.slice().toNanos();
        sweep(deadlineNanos);
        if (!sweep.isUnderWay()) {
            heartbeats.advance(deadlineNanos);
        }
        catchUp.advance(nanoTime() + options.slice().toNanos());
        goOnLater();
    }

    /** At once after I/O if there is anything to do; if all that is new is for the next sweep, when that may begin. */
    private void goOnLater() {
        if (hasWork()) {
            if (isWoken.compareAndSet(false, true)) {
                executor.schedule(this::run, Duration.ZERO);
            }
        } else if (position < window.head() && !isRestTimed) {
            isRestTimed = true;
            executor.schedule(this::onRested, pace.rest(nanoTime()));
        }
    }

    private void onRested() {
        isRestTimed = false;
        wake();
    }

    private void sweep(long deadlineNanos) {
        do {
            if (sweep.isUnderWay() || beginSweep()) {
                sweep.advance(deadlineNanos);
                noteEndOfSweep();
            }
        } while (maySweep() && nanoTime() - deadlineNanos < 0);
    }

    private void noteEndOfSweep() {
        if (!sweep.isUnderWay()) {
            pace.onSweepEnded(nanoTime());
        }
    }

    /** Returns false if there is nothing new, or it is to wait for more. */
    private boolean beginSweep() {
        if (position < window.earliest()) {
            loseTrack();
        }
        if (maySweep()) {
            pace.onSweepBegun(nanoTime());
            position = sweep.begin(position, options.maxSweepBytes());
        }
        return sweep.isUnderWay();
    }

    /** The log moved past this lane. Everybody keeps their cursor, and will be told of the gap. */
    private void loseTrack() {
        for (Interest interest : interests().all()) {
            while (interest.live().size() > 0) {
                letFallBehind(interest.live().get(interest.live().size() - 1));
            }
        }
        position = window.earliest();
    }

    private void letFallBehind(Subscriber subscriber) {
        subscriber.next(position);
        fallBehind(subscriber, Subscriber.State.READY);
        catchUp.add(subscriber);
    }

    private boolean hasWork() {
        return sweep.isUnderWay() || maySweep() || !heartbeats.isIdle() || !catchUp.isIdle();
    }

    private boolean maySweep() {
        return position < window.head() && (isEnding || !pace.isResting(nanoTime()));
    }

    private void workOff() {
        long deadlineNanos = nanoTime() + Duration.ofSeconds(1).toNanos();
        while ((position < window.head() || sweep.isUnderWay()) && nanoTime() - deadlineNanos < 0) {
            sweep(deadlineNanos);
        }
        do {
            catchUp.advance(deadlineNanos);
        } while (!catchUp.isIdle() && nanoTime() - deadlineNanos < 0);
    }

    private void end(Subscriber subscriber, Duration spread) {
        catchUp.sendRetry(
                subscriber, options.retry().toMillis() + context.random().nextLong(spread.toMillis() + 1));
        subscriber.end();
    }
}
