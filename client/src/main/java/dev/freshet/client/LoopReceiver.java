package dev.freshet.client;

/** Runs the handler on the session's loop. */
final class LoopReceiver implements Receiver {

    private final Handling handling;

    LoopReceiver(Handling handling) {
        this.handling = handling;
    }

    @Override
    public void onDelivery(Session session, Delivery delivery) {
        handling.handle(session, delivery);
    }

    @Override
    public void onEnd(Session session) {}
}
