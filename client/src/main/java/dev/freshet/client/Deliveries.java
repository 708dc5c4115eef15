package dev.freshet.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The deliveries that nobody has asked for yet. They are bounded by what one read of the socket brings: the session reads no
 * more while there are any. Confined to the session's loop.
 */
final class Deliveries {

    private final Consumer<Delivery> target;
    private final Queue<Delivery> waiting = new ArrayDeque<>();

    private long demand;
    private boolean isDraining;
    private String newestId;

    Deliveries(Consumer<Delivery> target, String lastEventId) {
        this.target = target;
        this.newestId = lastEventId;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(StreamEvent event, String lastEventId) {
        newestId = lastEventId;
        waiting.add(Delivery.of(event, lastEventId));
    }

    /** Takes the id of a block without an event; nothing if it is that of the newest event. */
    void addId(String lastEventId) {
        if (!lastEventId.equals(newestId)) {
            newestId = lastEventId;
            waiting.add(Delivery.idAlone(lastEventId));
        }
    }

    void request(long more) {
        long sum = demand + more;
        demand = sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Whether the receiver is being called just now: what it asks for meanwhile is handed on by that drain. */
    boolean isDraining() {
        return isDraining;
    }

    /** Hands on what is asked for. Must not be called while it {@link #isDraining is draining}. */
    void drain() {
        isDraining = true;
        try {
            handOn();
        } finally {
            isDraining = false;
        }
    }

    void clear() {
        waiting.clear();
    }

    private void handOn() {
        Delivery next = waiting.peek();
        while (next != null && takesDemand(next)) {
            waiting.remove();
            target.accept(next);
            next = waiting.peek();
        }
    }

    /** Whether the delivery may go, counted if it may. */
    private boolean takesDemand(Delivery delivery) {
        if (delivery.event().isEmpty()) {
            return true;
        }
        if (demand == 0) {
            return false;
        }
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
        return true;
    }
}
