package dev.freshet.lab.load;

import org.HdrHistogram.Histogram;

/**
 * Counts what arrives, and holds it against what was published. Confined to the load's thread.
 *
 * <p>The events of a topic are numbered. A reader that gets another number than the next one has lost some, or got one twice
 * or late; the first that it gets at all may have any number.
 */
final class Deliveries {
    private static final long LONGEST_NANOS = 600_000_000_000L;

    private final boolean ordered;
    private Histogram latencies = newHistogram();
    private long countedFromNanos = Long.MIN_VALUE;
    private long delivered;
    private long owed;
    private long lost;
    private long doubled;
    private long disordered;

    Deliveries(boolean ordered) {
        this.ordered = ordered;
    }

    void onPublished(int readers) {
        owed += readers;
    }

    /** From now on latencies are those of events that are published later. */
    void countFrom(long nowNanos) {
        countedFromNanos = nowNanos;
        latencies = newHistogram();
    }

    /**
     * Takes one delivery.
     *
     * @return the number that the reader must get next
     */
    int onDelivery(int expected, int number, long sentNanos, long nowNanos) {
        if (ordered && expected != 0 && number != expected && !isAfterLoss(expected, number)) {
            return expected;
        }
        delivered++;
        owed -= owed > 0 ? 1 : 0;
        if (sentNanos >= countedFromNanos) {
            latencies.recordValue(Math.min(Math.max(nowNanos - sentNanos, 0), LONGEST_NANOS));
        }
        return number + 1;
    }

    private boolean isAfterLoss(int expected, int number) {
        if (number > expected) {
            lost += number - expected;
            owed -= Math.min(owed, number - expected);
            return true;
        }
        if (number == expected - 1) {
            doubled++;
        } else {
            disordered++;
        }
        return false;
    }

    long delivered() {
        return delivered;
    }

    /** Deliveries of published events that have neither arrived nor been skipped. */
    long owed() {
        return owed;
    }

    long lost() {
        return lost;
    }

    long doubled() {
        return doubled;
    }

    long disordered() {
        return disordered;
    }

    Histogram latencies() {
        return latencies;
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST_NANOS, 2);
    }
}
