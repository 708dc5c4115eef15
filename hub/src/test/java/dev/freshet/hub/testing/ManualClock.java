package dev.freshet.hub.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Time that moves when it is told. Thread-safe. As a {@link LongSupplier} it is a nanosecond clock. */
public final class ManualClock implements InstantSource, LongSupplier {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private volatile long nanosPerLook;
    private volatile Duration wrong = Duration.ZERO;

    /** Creates a clock that stands at 2026-11-20T10:00:00Z. */
    public ManualClock() {}

    /**
     * Moves on.
     *
     * @param by how far
     */
    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    /**
     * Sets the time of day, as people and time servers do; no time passes.
     *
     * @param to how far it is from what it would be
     */
    public void setWrong(Duration to) {
        wrong = to;
    }

    /**
     * Lets time pass whenever somebody looks at the nanosecond clock, so that work takes time.
     *
     * @param perLook how far to move each time; zero to stand still again
     */
    public void tick(Duration perLook) {
        nanosPerLook = perLook.toNanos();
    }

    /** Returns the nanoseconds since the clock began, without a tick. */
    long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get()).plus(wrong);
    }

    @Override
    public long getAsLong() {
        return nanos.addAndGet(nanosPerLook);
    }
}
