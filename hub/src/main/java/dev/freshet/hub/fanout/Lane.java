package dev.freshet.hub.fanout;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

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
    private final EventLog log;
    private final Window window;
    private final LaneOptions options;
    private final LaneContext context;
    private final Interests interests = new Interests();
    private final Map<Long, Subscriber> announced = new HashMap<>();
    private final Starts starts;
    private final Sweep sweep;
    private final Heartbeats heartbeats;
    private final CatchUp catchUp;
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private long position;
    private int stamp;
    private boolean isEnding;
    private final AtomicInteger subscriberCount = new AtomicInteger();

    /**
     * Creates a lane that stands at the head of the window. Call {@link #start} on its thread before anything else.
     *
     * @param number tells it from the hub's other lanes
     * @param executor its thread
     * @param log the log that fills the window
     * @param window the newest part of the log
     * @param options its times and limits
     * @param context time, chance and who is told
     */
    public Lane(
            int number, LaneExecutor executor, EventLog log, Window window, LaneOptions options, LaneContext context) {
        this.number = number;
        this.executor = executor;
        this.log = log;
        this.window = window;
        this.options = options;
        this.context = context;
        this.position = window.head();
        this.starts = new Starts(log, window);
        this.sweep = new Sweep(this, window);
        this.heartbeats = new Heartbeats(this, options.heartbeat().toNanos());
        this.catchUp = new CatchUp(this, window, options.maxPortionBytes());
    }

    /** Starts the timer of the heartbeats. */
    public void start() {
        executor.schedule(this::tick, tickEvery());
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
        return subscriberCount.get();
    }

    /**
     * Adds a subscriber.
     *
     * @param subscription what it asks for
     * @param opener opens its sink, within this call
     * @return the subscriber
     */
    public Subscriber subscribe(Subscription subscription, SubscriberSink.Opener opener) {
        assert inLane();
        Interest interest = interests.intern(this, subscription, nanoTime());
        Start start = starts.find(subscription.start(), interest, position);
        Subscriber subscriber = new Subscriber(interest, subscription.isAnnounced() ? newId() : 0, start.next());
        addTo(interest.behind(), subscriber);
        open(subscriber, opener, opening(subscriber, start));
        if (subscriber.state() == Subscriber.State.READY) {
            getReady(subscriber);
        }
        return subscriber;
    }

    /**
     * Finds a subscriber that was announced.
     *
     * @param id its id
     * @return the subscriber, or empty if this lane has none of this id
     */
    public Optional<Subscriber> find(String id) {
        assert inLane();
        return Subscriber.parseId(id).map(announced::get);
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
        List<Subscriber> all = new ArrayList<>();
        interests.all().forEach(interest -> addAll(interest, all));
        for (Subscriber subscriber : all) {
            end(subscriber, spread);
        }
    }

    long nanoTime() {
        return context.nanoTime().getAsLong();
    }

    HubObserver observer() {
        return context.observer();
    }

    Interests interests() {
        return interests;
    }

    long position() {
        return position;
    }

    int nextStamp() {
        return ++stamp;
    }

    String idAt(long offset) {
        return new EventPosition(log.epoch(), Math.max(0, offset)).id();
    }

    /** A message for one subscriber alone: it falls behind, and catch-up gives it the message in its place. */
    void letFallBehind(Topic topic) {
        Optional<Subscriber> one = topic.isOfSubscriber() ? find(topic.subscriberId()) : Optional.empty();
        one.filter(subscriber -> subscriber.state() == Subscriber.State.LIVE).ifPresent(subscriber -> {
            subscriber.next(position);
            fallBehind(subscriber, Subscriber.State.READY);
            catchUp.add(subscriber);
        });
    }

    /** Takes a live subscriber, whose own cursor is set, out of the sweeps. */
    void fallBehind(Subscriber subscriber, Subscriber.State to) {
        Interest interest = subscriber.interest();
        interest.live().remove(subscriber);
        interest.behind().add(subscriber);
        subscriber.state(to);
        observer().onBehind(number);
    }

    /** Makes a subscriber live that stands where the lane stands. */
    void catchUpWith(Subscriber subscriber) {
        Interest interest = subscriber.interest();
        interest.behind().remove(subscriber);
        interest.live().add(subscriber);
        subscriber.state(Subscriber.State.LIVE);
        subscriber.stamp(sweep.stamp());
    }

    void tellGap(Subscriber subscriber, Start start) {
        byte[] gap = gap(start);
        subscriber.rest(StreamText.framed(gap, subscriber.interest().framing()));
        subscriber.next(start.next());
    }

    void onWritable(Subscriber subscriber) {
        assert inLane();
        if (subscriber.state() == Subscriber.State.BLOCKED) {
            getReady(subscriber);
        }
    }

    /** Takes a subscriber out of everything but the count; returns false if that was done before. */
    boolean beginEnd(Subscriber subscriber) {
        assert inLane();
        if (isOver(subscriber)) {
            return false;
        }
        if (subscriber.state() == Subscriber.State.LIVE) {
            subscriber.interest().live().remove(subscriber);
            subscriber.interest().behind().add(subscriber);
        }
        subscriber.state(Subscriber.State.ENDING);
        return true;
    }

    void onEnded(Subscriber subscriber, EndReason reason) {
        assert inLane();
        if (subscriber.state() == Subscriber.State.ENDED) {
            return;
        }
        Interest interest = subscriber.interest();
        (subscriber.state() == Subscriber.State.LIVE ? interest.live() : interest.behind()).remove(subscriber);
        subscriber.state(Subscriber.State.ENDED);
        subscriber.rest(null);
        announced.remove(subscriber.numericId());
        interests.removeIfEmpty(interest);
        subscriberCount.decrementAndGet();
        observer().onEnded(number, reason);
    }

    private static void open(Subscriber subscriber, SubscriberSink.Opener opener, byte[] opening) {
        try {
            subscriber.open(opener.open(subscriber, opening));
        } catch (RuntimeException e) {
            subscriber.onEnded(EndReason.FAILURE);
            throw e;
        }
    }

    private void addTo(SubscriberSet set, Subscriber subscriber) {
        set.add(subscriber);
        if (subscriber.numericId() != 0) {
            announced.put(subscriber.numericId(), subscriber);
        }
        subscriberCount.incrementAndGet();
        observer().onSubscribed(number);
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

    private byte[] opening(Subscriber subscriber, Start start) {
        byte[] opening = StreamText.opening(options.retry().toMillis(), idAt(start.next() - 1));
        byte[] connected = subscriber.id().map(StreamText::connected).orElse(new byte[0]);
        byte[] gap = start.gap().map(reason -> gap(start)).orElse(new byte[0]);
        return concat(opening, connected, gap);
    }

    private byte[] gap(Start start) {
        observer().onGap(number, start.gap().orElseThrow());
        WindowEntry earliest = window.entry(start.next());
        Optional<String> earliestId = Optional.ofNullable(earliest).map(entry -> idAt(entry.offset()));
        return StreamText.gap(start.gap().orElseThrow(), start.requested(), earliestId, idAt(start.next() - 1));
    }

    private void run() {
        assert inLane();
        isWoken.set(false);
        long deadlineNanos = nanoTime() + options.slice().toNanos();
        sweep(deadlineNanos);
        if (!sweep.isUnderWay()) {
            heartbeats.advance(deadlineNanos);
        }
        catchUp.advance(nanoTime() + options.slice().toNanos());
        if (!isIdle() && isWoken.compareAndSet(false, true)) {
            executor.schedule(this::run, Duration.ZERO);
        }
    }

    private void sweep(long deadlineNanos) {
        do {
            if (!sweep.isUnderWay()) {
                beginSweep();
            }
            if (sweep.isUnderWay()) {
                sweep.advance(deadlineNanos);
            }
        } while (position < window.head() && nanoTime() - deadlineNanos < 0);
    }

    private void beginSweep() {
        if (position < window.earliest()) {
            loseTrack();
        }
        if (position < window.head()) {
            position = sweep.begin(position, options.maxSweepBytes());
        }
    }

    /** The log moved past this lane. Everybody keeps their cursor, and will be told of the gap. */
    private void loseTrack() {
        for (Interest interest : interests.all()) {
            while (interest.live().size() > 0) {
                Subscriber subscriber = interest.live().get(interest.live().size() - 1);
                subscriber.next(position);
                fallBehind(subscriber, Subscriber.State.READY);
                catchUp.add(subscriber);
            }
        }
        position = window.earliest();
    }

    private boolean isIdle() {
        return !sweep.isUnderWay() && position >= window.head() && heartbeats.isIdle() && catchUp.isIdle();
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

    private static boolean isOver(Subscriber subscriber) {
        return subscriber.state() == Subscriber.State.ENDING || subscriber.state() == Subscriber.State.ENDED;
    }

    private void end(Subscriber subscriber, Duration spread) {
        boolean isBlocked = subscriber.state() == Subscriber.State.BLOCKED;
        if (subscriber.rest() == null && !isBlocked && !isOver(subscriber)) {
            long retryMs = options.retry().toMillis() + context.random().nextLong(spread.toMillis() + 1);
            catchUp.send(
                    subscriber,
                    StreamText.framed(
                            StreamText.retry(retryMs), subscriber.interest().framing()));
        }
        subscriber.end();
    }

    private void tick() {
        if (!isEnding) {
            heartbeats.tick();
            if (!heartbeats.isIdle()) {
                wake();
            }
            executor.schedule(this::tick, tickEvery());
        }
    }

    private Duration tickEvery() {
        long millis = Math.max(10, Math.min(1000, options.heartbeat().toMillis() / 10));
        return Duration.ofMillis(millis);
    }

    private long newId() {
        long id = context.random().nextLong();
        return id == 0 || announced.containsKey(id) ? newId() : id;
    }

    private static void addAll(Interest interest, List<Subscriber> all) {
        for (SubscriberSet set : List.of(interest.live(), interest.behind())) {
            for (int slot = 0; slot < set.size(); slot++) {
                all.add(set.get(slot));
            }
        }
    }

    private static byte[] concat(byte[] first, byte[] second, byte[] third) {
        byte[] all = new byte[first.length + second.length + third.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }
}
