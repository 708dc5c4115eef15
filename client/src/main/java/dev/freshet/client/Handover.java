package dev.freshet.client;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * Hands deliveries from a session's loop to a thread that may block. Holds at most {@link #PLACES} events, since no more are
 * asked for, and one id after each. The loop adds; one thread at a time takes.
 */
final class Handover implements Session.Receiver {

    private static final int PLACES = 32;

    /** An empty one is the end. */
    private final LinkedBlockingDeque<Optional<Delivery>> waiting = new LinkedBlockingDeque<>();

    private int taken;

    /** Asks for the first events. */
    void open(Session session) {
        session.request(PLACES);
    }

    @Override
    public void onDelivery(Session session, Delivery delivery) {
        if (delivery.event().isEmpty()) {
            dropOlderId();
        }
        waiting.add(Optional.of(delivery));
    }

    @Override
    public void onEnd(Session session) {
        waiting.add(Optional.empty());
    }

    /** Drops what waits; whoever takes finds the end. Thread-safe. */
    void abandon() {
        waiting.clear();
        waiting.add(Optional.empty());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next delivery if one is there; for receivers that take no end. */
    Optional<Delivery> poll(Session session) {
        Optional<Delivery> next = Optional.ofNullable(waiting.poll()).flatMap(delivery -> delivery);
        next.ifPresent(delivery -> count(session, delivery));
        return next;
    }

    /** Waits for the next delivery; empty at the end, also when asked again. */
    Optional<Delivery> take(Session session) throws InterruptedException {
        Optional<Delivery> next = waiting.take();
        next.ifPresentOrElse(delivery -> count(session, delivery), () -> waiting.addFirst(next));
        return next;
    }

    /** Only the newest id counts, and ids are not asked for: without this they could pile up. */
    private void dropOlderId() {
        Optional<Delivery> last = waiting.peekLast();
        if (last != null && last.filter(delivery -> delivery.event().isEmpty()).isPresent()) {
            waiting.removeLastOccurrence(last);
        }
    }

    /** Asks for more when half of the places are free again. */
    private void count(Session session, Delivery delivery) {
        if (delivery.event().isPresent() && ++taken == PLACES / 2) {
            taken = 0;
            session.request(PLACES / 2);
        }
    }
}
