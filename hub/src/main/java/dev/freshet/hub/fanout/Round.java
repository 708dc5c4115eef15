package dev.freshet.hub.fanout;

import java.nio.ByteBuffer;

/**
 * One walk over subscribers of an interest, the live ones or those that are behind, that offers each the same bytes, in slices.
 * Confined to its lane.
 *
 * <p>It begins in the middle, somewhere else each time, so that nobody is always last, and then walks over all once more from
 * the end. Who was met already is known by the stamp; so subscribers may come, leave and fall behind between two slices.
 */
final class Round {
    /** Reading the clock costs as much as a hundredth of a send. */
    private static final int WRITES_PER_LOOK_AT_THE_CLOCK = 16;

    private final Lane lane;
    private SubscriberSet subscribers = new SubscriberSet();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int stamp;
    private int slot = -1;
    private boolean isSecondWalk = true;
    private long writes;

    Round(Lane lane) {
        this.lane = lane;
    }

    /** Begins. The bytes are the whole of their buffer, since takers may leave position and limit anywhere. */
    void begin(SubscriberSet of, ByteBuffer offered, int newStamp, int firstSlot) {
        subscribers = of;
        bytes = offered;
        stamp = newStamp;
        slot = firstSlot;
        isSecondWalk = false;
    }

    void abandon() {
        slot = -1;
        isSecondWalk = true;
    }

    boolean isDone() {
        return slot < 0 && isSecondWalk;
    }

    /** How many writes were made since the lane began. */
    long writes() {
        return writes;
    }

    /** Goes on until all were met or the time is over; takers that fall short are handed to {@code onShort}. */
    void advance(long deadlineNanos, ShortWrite onShort) {
        int looked = 0;
        while (!isDone()) {
            if (slot < 0) {
                isSecondWalk = true;
                slot = subscribers.size() - 1;
            } else if (meet(onShort)
                    && ++looked % WRITES_PER_LOOK_AT_THE_CLOCK == 0
                    && lane.nanoTime() - deadlineNanos >= 0) {
                return;
            }
        }
    }

    private boolean meet(ShortWrite onShort) {
        slot = Math.min(slot, subscribers.size() - 1);
        if (slot < 0) {
            return false;
        }
        Subscriber subscriber = subscribers.get(slot--);
        if (subscriber.stamp() == stamp || !subscriber.mayBeOffered()) {
            return false;
        }
        subscriber.stamp(stamp);
        offer(subscriber, onShort);
        return true;
    }

    private void offer(Subscriber subscriber, ShortWrite onShort) {
        writes++;
        int offered = bytes.clear().remaining();
        int taken = subscriber.sink().write(bytes);
        if (taken < offered) {
            onShort.accept(subscriber, Math.max(taken, 0));
        }
    }

    /** What becomes of a subscriber whose sink did not take all. */
    @FunctionalInterface
    interface ShortWrite {
        void accept(Subscriber subscriber, int taken);
    }
}
