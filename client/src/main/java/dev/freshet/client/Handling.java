package dev.freshet.client;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.resume.StoredId;

/**
 * Gives deliveries to a handler, and keeps the id of each after the handler returned. After a failure it tells the handler
 * no more than the end: had later events been handled, their ids would hide the one that was not. Confined to one thread at
 * a time.
 */
final class Handling implements Session.Receiver {

    private final EventHandler handler;
    private final StoredId stored;
    private boolean hasFailed;

    Handling(EventHandler handler, StoredId stored) {
        this.handler = handler;
        this.stored = stored;
    }

    @Override
    public void onDelivery(Session session, Delivery delivery) {
        boolean isWanted =
                !hasFailed || delivery.event().filter(Handling::isEnd).isPresent();
        if (isWanted && isTold(session, delivery) && !hasFailed) {
            keep(session, delivery.lastEventId());
        }
    }

    @Override
    public void onEnd(Session session) {}

    private boolean isTold(Session session, Delivery delivery) {
        try {
            if (delivery.event().isPresent()) {
                delivery.event().get().tell(handler);
            }
            return true;
        } catch (Throwable e) {
            fail(session, Reason.HANDLER_FAILED, e);
            return false;
        }
    }

    private void keep(Session session, String lastEventId) {
        try {
            stored.replace(lastEventId);
        } catch (Throwable e) {
            fail(session, Reason.STORE_FAILED, e);
        }
    }

    private void fail(Session session, Reason reason, Throwable cause) {
        hasFailed = true;
        session.fail(reason, cause);
    }

    private static boolean isEnd(StreamEvent event) {
        return event instanceof Closed closed && closed.reconnectsIn().isEmpty();
    }
}
