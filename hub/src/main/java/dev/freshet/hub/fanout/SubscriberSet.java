package dev.freshet.hub.fanout;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dense array of subscribers. Adding and removing take the same time however many there are: the last one takes the place
 * of the one that leaves. Confined to its lane.
 *
 * <p>So whoever walks from the end to the beginning, and is interrupted, still meets everyone that was there at the start:
 * only those already met move down.
 */
final class SubscriberSet {
    private static final int SMALLEST = 1;

    private @Nullable Subscriber[] subscribers = new @Nullable Subscriber[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    Subscriber get(int slot) {
        Subscriber subscriber = slot < size ? subscribers[slot] : null;
        if (subscriber == null) {
            throw new IndexOutOfBoundsException("slot: " + slot + " (expected: less than " + size + ")");
        }
        return subscriber;
    }

    void add(Subscriber subscriber) {
        if (size == subscribers.length) {
            subscribers = Arrays.copyOf(subscribers, size + (size >> 1) + 1);
        }
        subscriber.slot(size);
        subscribers[size++] = subscriber;
    }

    void remove(Subscriber subscriber) {
        assert get(subscriber.slot()) == subscriber;
        Subscriber last = get(size - 1);
        subscribers[subscriber.slot()] = last;
        last.slot(subscriber.slot());
        subscribers[--size] = null;
        shrink();
    }

    void addTo(List<Subscriber> all) {
        for (int slot = 0; slot < size; slot++) {
            all.add(get(slot));
        }
    }

    private void shrink() {
        if (size < subscribers.length / 4) {
            subscribers = Arrays.copyOf(subscribers, subscribers.length / 2);
        }
    }
}
