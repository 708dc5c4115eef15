package dev.freshet.hub.testing;

import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.observe.GapReason;
import dev.freshet.hub.observe.HubObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what it was told. Thread-safe. */
public final class RecordingObserver implements HubObserver {
    private final List<GapReason> gaps = new CopyOnWriteArrayList<>();
    private final List<EndReason> ends = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong queueFull = new AtomicLong();
    private final AtomicLong subscribed = new AtomicLong();
    private final AtomicLong behind = new AtomicLong();
    private final AtomicLong swept = new AtomicLong();

    /** Creates an observer that was told nothing. */
    public RecordingObserver() {}

    @Override
    public void onAppended(int events, long sizeBytes) {
        appended.addAndGet(events);
    }

    @Override
    public void onQueueFull() {
        queueFull.incrementAndGet();
    }

    @Override
    public void onSubscribed(int lane) {
        subscribed.incrementAndGet();
    }

    @Override
    public void onEnded(int lane, EndReason reason) {
        ends.add(reason);
    }

    @Override
    public void onBehind(int lane) {
        behind.incrementAndGet();
    }

    @Override
    public void onGap(int lane, GapReason reason) {
        gaps.add(reason);
    }

    @Override
    public void onSwept(int lane, long events, long writes) {
        swept.addAndGet(events);
    }

    @Override
    public void onFailure(String where, Throwable failure) {
        failures.add(where + ": " + failure);
    }

    /**
     * Returns the gaps.
     *
     * @return the reasons, in order
     */
    public List<GapReason> gaps() {
        return List.copyOf(gaps);
    }

    /**
     * Returns the ends.
     *
     * @return the reasons, in order
     */
    public List<EndReason> ends() {
        return List.copyOf(ends);
    }

    /**
     * Returns the hub's own errors.
     *
     * @return where and what
     */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /**
     * Counts the events that were appended.
     *
     * @return how many
     */
    public long appended() {
        return appended.get();
    }

    /**
     * Counts the refusals for a full queue.
     *
     * @return how many
     */
    public long queueFull() {
        return queueFull.get();
    }

    /**
     * Counts the streams that began.
     *
     * @return how many
     */
    public long subscribed() {
        return subscribed.get();
    }

    /**
     * Counts how often a subscriber fell behind.
     *
     * @return how often
     */
    public long behind() {
        return behind.get();
    }

    /**
     * Counts the events that lanes have swept, once per lane.
     *
     * @return how many
     */
    public long swept() {
        return swept.get();
    }
}
