package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.setup.LaneContext;
import dev.freshet.hub.fanout.setup.LaneExecutor;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.fanout.start.Openings;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

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
 * <p>{@link Admission} lets subscribers in, the {@link Roster} says who is live and who is behind, and the {@link Cursor} is
 * where the lane stands in the log.
 */
public final class Lane {
    private final int number;
    private final LaneExecutor executor;
    private final LaneOptions options;
    private final LaneContext context;
    private final Roster roster;
    private final Admission admission;
    private final Heartbeats heartbeats;
    private final CatchUp catchUp;
    private final Cursor cursor;
    private final AtomicBoolean isWoken = new AtomicBoolean();
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
        this.options = options;
        this.context = context;
        this.roster = new Roster(number, context);
        Openings openings = new Openings(
                context.log().epoch(), context.window(), options.retry().toMillis());
        this.admission = new Admission(this, context, roster, openings);
        this.heartbeats = new Heartbeats(this, options.heartbeat().toNanos());
        this.catchUp = new CatchUp(this, context, openings, options.maxPortionBytes());
        this.cursor = new Cursor(this, context.window(), catchUp, options);
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
    public void subscribe(Subscription subscription, SubscriberSink.Opener opener) {
        assert inLane();
        admission.admit(subscription, opener);
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
        attempt(this::workOff);
        for (Subscriber subscriber : roster.all()) {
            attempt(() -> sendAway(subscriber, spread));
        }
    }

    private void sendAway(Subscriber subscriber, Duration spread) {
        Duration chance = Duration.ofMillis(context.random().nextLong(spread.toMillis() + 1));
        catchUp.sendRetry(subscriber, options.retry().plus(chance));
        subscriber.end(EndReason.SHUTDOWN);
    }

    long nanoTime() {
        return context.nanoTime().getAsLong();
    }

    HubObserver observer() {
        return context.observer();
    }

    Roster roster() {
        return roster;
    }

    Interests interests() {
        return roster.interests();
    }

    boolean isEnding() {
        return isEnding;
    }

    long position() {
        return cursor.position();
    }

    int nextStamp() {
        return ++stamp;
    }

    /** A message for one subscriber alone: it falls behind, and catch-up gives it the message in its place. */
    void letFallBehind(Topic topic) {
        Optional<Subscriber> one = topic.isOfSubscriber() ? find(topic.subscriberId()) : Optional.empty();
        one.filter(subscriber -> subscriber.state() == Subscriber.State.LIVE).ifPresent(catchUp::take);
    }

    /** Makes a subscriber live that stands where the lane stands. */
    void catchUpWith(Subscriber subscriber) {
        roster.makeLive(subscriber, cursor.stamp());
    }

    void onWritable(Subscriber subscriber) {
        assert inLane();
        if (subscriber.state() == Subscriber.State.BLOCKED) {
            getReady(subscriber);
        } else if (subscriber.state() == Subscriber.State.READING) {
            catchUp.onWritableWhileReading(subscriber);
        }
    }

    /** Returns false if the subscriber's end had begun before. */
    boolean beginEnd(Subscriber subscriber) {
        assert inLane();
        return roster.beginEnd(subscriber);
    }

    void onEnded(Subscriber subscriber, EndReason reason) {
        assert inLane();
        roster.remove(subscriber, reason);
    }

    /** Lets a subscriber that is behind go on, unless the hub ends. */
    void getReady(Subscriber subscriber) {
        subscriber.state(Subscriber.State.READY);
        if (isEnding) {
            subscriber.end(EndReason.SHUTDOWN);
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
        cursor.abandon();
        heartbeats.abandon();
        catchUp.abandon();
        roster.all().forEach(this::cut);
    }

    /** Whatever is wrong with one of them: who stayed would miss events and never be told. */
    private void cut(Subscriber subscriber) {
        try {
            subscriber.cut(EndReason.FAILURE);
        } catch (RuntimeException | Error e) {
            observer().onFailure("lane " + number, e);
        }
    }

    private void work() {
        long deadlineNanos = nanoTime() + options.slice().toNanos();
        cursor.advance(deadlineNanos);
        if (!cursor.isSweeping()) {
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
        } else if (cursor.hasNews() && !isRestTimed) {
            isRestTimed = true;
            executor.schedule(this::onRested, cursor.rest());
        }
    }

    private void onRested() {
        isRestTimed = false;
        wake();
    }

    private boolean hasWork() {
        return cursor.hasWork() || !heartbeats.isIdle() || !catchUp.isIdle();
    }

    private void workOff() {
        long deadlineNanos = nanoTime() + Duration.ofSeconds(1).toNanos();
        cursor.advanceToHead(deadlineNanos);
        catchUp.advanceToTheEnd(deadlineNanos);
    }
}
